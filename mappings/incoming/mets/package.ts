import { CarriedSource as Carried, type CarriedSource, carriedFields } from "../../../src/crosswalk/carried.ts";
import type { Crosswalk, MappedField, Note } from "../../../src/crosswalk/crosswalk.ts";
import { isPrivateAddress } from "../../../src/crosswalk/private-address.ts";
import { type Mapped, mapped, type SourceNode } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { distinct } from "../oai-dc/dublin-core.ts";

type File = CommonRecord["files"][number];

/** A file that a package names, and where it does. */
export interface PackagedFile extends File {
  readonly node: SourceNode;
}

/** A package (METS, DIDL): the metadata that it carries, and the files and the page that it names itself. */
export class Package extends Carried {
  readonly files: readonly PackagedFile[];
  readonly page: { readonly url: string; readonly node: SourceNode } | null;

  constructor(carried: CarriedSource, files: readonly PackagedFile[], page: Package["page"]) {
    super(carried.crosswalk, carried.source);
    this.files = files;
    this.page = page;
  }
}

/** The fields of what is carried, with the files of the package before its own, and its page where there is no other. */
export const packageFields: Crosswalk<Package> = { ...carriedFields, files, landingPage };

function files(pack: Package, note: Note): MappedField<CommonRecord["files"]> {
  const own = pack.files.flatMap(({ node, ...file }): Mapped<File>[] => {
    if (isPrivateAddress(file.url)) {
      note("private-address", { node, value: file.url });
      return [];
    }
    return [mapped(file, node)];
  });
  return distinct([...own, ...carriedFields.files(pack, note)], ({ value }) => value.url);
}

function landingPage(pack: Package, note: Note): MappedField<CommonRecord["landingPage"]> {
  const own = carriedFields.landingPage(pack, note);
  if (own !== null || pack.page === null || isPrivateAddress(pack.page.url)) return own;
  return mapped(pack.page.url, pack.page.node);
}
