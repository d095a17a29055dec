/** The namespaces of metadata formats that repositories offer, as `preferred formats` of a platform name them. */
export const XOAI = "http://www.lyncode.com/xoai";
export const DIM = "http://www.dspace.org/xmlns/dspace/dim";
export const OPENAIRE = "http://namespace.openaire.eu/schema/oaire/";
export const MARC21 = "http://www.loc.gov/MARC21/slim";
export const MODS = "http://www.loc.gov/mods/v3";
export const QDC = "http://purl.org/dc/terms/";
export const OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/";
