/** A board's worker that hangs while its file is loaded. */
for (;;);
