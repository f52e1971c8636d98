/** How the command is called here: what starts it another way, as npm does in a checkout, says so. */
export const MILLRACE = process.env['MILLRACE_COMMAND'] ?? 'millrace';
