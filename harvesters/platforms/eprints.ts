import type { Platform } from "../../src/client/platform.ts";
import { pathOf, setSpecsOf } from "../signs.ts";

/** Sets are "<view>=<value>" in hexadecimal, the view in small letters: `7374617475733D707562` is "status=pub". */
const SET = /^(?:6[1-9A-F]|7[0-9A]|5F)+3D(?:[0-9A-F]{2})*$/;

/**
 * EPrints 2 and 3: `cgi/oai2` of its source, seen at authors.library.caltech.edu and caltechbook.library.caltech.edu.
 * Its Identify carries the `eprints` description, which proves nothing: arXiv sends it too.
 */
export const eprints: Platform = {
  id: "eprints",
  name: "EPrints",
  matches: (signs) => /\/cgi\/oai2$/.test(pathOf(signs)) || setSpecsOf(signs).some((setSpec) => SET.test(setSpec)),
  paths: ["/cgi/oai2", "/perl/oai2"],
  formats: [],
  crosswalks: {},
  quirks: [
    {
      what: "a record that left the archive without being deleted may stay as it was, or vanish",
      effect: "sweep",
      evidence: "https://github.com/eprints/eprints3.4/pull/541",
    },
  ],
  hints: {
    http_error: {
      vi: "Kiểm tra tệp cgi/oai2 của EPrints còn chạy được và cấu hình Apache của kho (archives/<kho>/cfg) không chặn /cgi/oai2.",
      en: "Check that cgi/oai2 of EPrints runs, and that the archive's Apache configuration (archives/<archive>/cfg) lets /cgi/oai2 through.",
    },
    "base-url-differs": {
      vi: "Sửa $c->{oai}->{v2}->{base_url} trong archives/<kho>/cfg/cfg.d/oai.pl, rồi khởi động lại Apache.",
      en: "Correct $c->{oai}->{v2}->{base_url} in archives/<archive>/cfg/cfg.d/oai.pl and restart Apache.",
    },
    "localhost-identifiers": {
      vi: "Sửa $c->{oai}->{v2}->{archive_id} trong archives/<kho>/cfg/cfg.d/oai.pl thành tên miền của kho.",
      en: "Set $c->{oai}->{v2}->{archive_id} in archives/<archive>/cfg/cfg.d/oai.pl to the archive's domain name.",
    },
    abstract: {
      vi: 'Thêm required="yes" cho <field ref="abstract"/> trong archives/<kho>/cfg/workflows/eprint/default.xml.',
      en: 'Give <field ref="abstract"/> a required="yes" in archives/<id>/cfg/workflows/eprint/default.xml.',
    },
  },
};
