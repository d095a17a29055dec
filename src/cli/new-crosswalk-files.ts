/** The examples every crosswalk begins with, and what each has to show. */
const EXAMPLES: readonly (readonly [name: string, shows: string])[] = [
  ["01-all-fields", "every field that the format has a place for"],
  ["02-title-alone", "as little as the format allows"],
  ["03-repeated", "each element that may come twice, twice, some of them the same"],
  ["04-dirty", "values as people really write them: addresses in names, unreadable dates, words of no list"],
  ["05-odd", "an element of another format, a wrapper, an older version, a record that says it is deleted"],
];

/** `vra-core` → `vraCore`. */
export function constantOf(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The files of a new crosswalk below its folder, each with its content. The examples fail until they are filled. */
export function newCrosswalkFiles(
  name: string,
  namespace: string,
): readonly (readonly [file: string, content: string])[] {
  return [
    ["crosswalk.ts", crosswalkOf(name, namespace)],
    ["README.md", readmeOf(name, namespace)],
    ...EXAMPLES.flatMap(([example, shows]) => [
      [
        `examples/${example}.xml`,
        `<!-- To be filled: ${shows}. -->\n<record xmlns="${escaped(namespace)}">\n</record>\n`,
      ] as const,
      [`examples/${example}.expected.json`, EXPECTED] as const,
    ]),
  ];
}

const EXPECTED = `${JSON.stringify(
  { identifier: "oai:repository.example.edu.vn:1", defaultAccessRights: null, record: {}, issues: [], trace: {} },
  null,
  2,
)}\n`;

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;");
}

function crosswalkOf(name: string, namespace: string): string {
  return `import type { IncomingCrosswalk } from "../../../src/crosswalk/crosswalk.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { XmlError } from "../../../src/xml/errors.ts";
import { dublinCoreFields } from "../oai-dc/crosswalk.ts";
import { leavesOf, QualifiedDublinCore, type Statement } from "../oai-dc/qualified-dublin-core.ts";

const NAMESPACE = ${JSON.stringify(namespace)};

/** ${name}: what its elements mean in Dublin Core stands in \`tables/dublin-core-terms.tsv\`. */
export const ${constantOf(name)}: IncomingCrosswalk<QualifiedDublinCore> = {
  id: "${name}",
  version: 1,
  namespaces: [NAMESPACE],
  open,
  fields: dublinCoreFields,
};

function open(metadata: XmlElement): QualifiedDublinCore {
  if (metadata.namespace !== NAMESPACE) throw new XmlError(\`<\${metadata.name}> is not ${name}\`);
  const statements = leavesOf(metadata).map((element) => statementOf(element, metadata));
  return new QualifiedDublinCore(metadata, statements);
}

/** Names a text by the elements around it: \`${name}:title\`, \`${name}:creator/name\`. */
function statementOf(element: XmlElement, root: XmlElement): Statement {
  const key = \`${name}:\${namesBelow(root, element).join("/")}\`;
  return { keys: [key], element, node: element, lang: element.attribute("lang") };
}

function namesBelow(root: XmlElement, element: XmlElement): readonly string[] {
  const { parent, local } = element;
  return parent === null || parent === root ? [local] : [...namesBelow(root, parent), local];
}
`;
}

function readmeOf(name: string, namespace: string): string {
  return `# ${name}: to be said in a line

To be said: what the format is, which version of its specification, who sends it. Its namespace is \`${namespace}\`. The rules are
those of [oai-dc](../oai-dc/README.md), with the rows \`${name}:…\` of
[\`tables/dublin-core-terms.tsv\`](../../tables/dublin-core-terms.tsv):

| Field    | Element | Rule |
| -------- | ------- | ---- |
| \`titles\` | \`title\` |      |
`;
}
