/** Version of the program; a test keeps it equal to package.json, so that no command has to read a file for it. */
export const VERSION = "0.1.0";
