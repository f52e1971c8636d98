/** The command did what it was asked to, and the answer is no. It has said why. */
export class Unsuccessful extends Error {}
