import { expect, test } from "vitest";
import { schemaComplaints, schemasPresent } from "../support/schemas.ts";

function answer(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-05-06T07:08:09Z</responseDate><request>https://feed.example.vn/oai</request>${body}</OAI-PMH>`;
}

function record(metadata: string): string {
  return answer(
    `<GetRecord><record><header><identifier>oai:example.vn:1</identifier><datestamp>2024-05-06</datestamp></header><metadata>${metadata}</metadata></record></GetRecord>`,
  );
}

const DC = 'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"';

describeJudge("accepts a valid answer", answer('<error code="badVerb">no verb</error>'), null);
describeJudge("accepts valid metadata", record(`<oai_dc:dc ${DC}><dc:title>Nhan đề</dc:title></oai_dc:dc>`), null);
describeJudge("refuses an unknown error code", answer('<error code="badLuck">no</error>'), /badLuck/);
describeJudge(
  "refuses metadata of an unknown namespace",
  record('<x xmlns="urn:nobody-knows"/>'),
  /No matching global/,
);
describeJudge(
  "refuses Dublin Core that is not",
  record(`<oai_dc:dc ${DC}><dc:titel>x</dc:titel></oai_dc:dc>`),
  /titel/,
);
describeJudge(
  "refuses MARC without a leader's length",
  record('<record xmlns="http://www.loc.gov/MARC21/slim"><leader>short</leader></record>'),
  /leader/,
);
describeJudge("refuses what is not well-formed", answer("<error"), /./);

function describeJudge(name: string, xml: string, complaint: RegExp | null): void {
  test.skipIf(!schemasPresent)(`the judge of our answers ${name}`, async () => {
    const complaints = await schemaComplaints(xml);
    if (complaint === null) expect(complaints).toEqual([]);
    else expect(complaints.join("\n")).toMatch(complaint);
  });
}
