/** What windows-1252 has from 0x80 to 0x9F; the five bytes that it leaves free stand for themselves, as browsers read them. */
export const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
