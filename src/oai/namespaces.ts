/** The namespaces that both directions speak. */
export const OAI_PMH = "http://www.openarchives.org/OAI/2.0/";
export const OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/";
export const DC = "http://purl.org/dc/elements/1.1/";
export const MARC21 = "http://www.loc.gov/MARC21/slim";
export const OAI_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier";
export const PROVENANCE = "http://www.openarchives.org/OAI/2.0/provenance";
export const RIGHTS = "http://www.openarchives.org/OAI/2.0/rights/";
export const XSI = "http://www.w3.org/2001/XMLSchema-instance";
