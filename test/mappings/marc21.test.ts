import { describe, expect, test } from "vitest";
import { marc21 } from "../../mappings/incoming/marc21/crosswalk.ts";
import { type Mapping, mapSource } from "../../src/crosswalk/apply.ts";
import { MarcSource } from "../../src/crosswalk/marc-source.ts";
import type { MarcField } from "../../src/marc/record.ts";
import { XmlError } from "../../src/xml/errors.ts";
import { parseXml } from "../../src/xml/parse.ts";

const LEADER = "00000nam a2200000 a 4500";

/** `"245 10 $aTên :$bphụ"`, or `"008 ..."` for a control field; indicators may be blanks. */
function field(line: string): MarcField {
  const tag = line.slice(0, 3);
  if (tag < "010") return { tag, value: line.slice(4) };
  const subfields = line.slice(7).split("$").slice(1);
  return {
    tag,
    indicator1: line.charAt(4),
    indicator2: line.charAt(5),
    subfields: subfields.map((text) => ({ code: text.slice(0, 1), value: text.slice(1) })),
  };
}

function map(lines: readonly string[], leader = LEADER): Mapping {
  const source = new MarcSource({ leader, fields: lines.map(field) });
  return mapSource(marc21, source, { identifier: "oai:x:1", defaultAccessRights: null });
}

function record(...lines: readonly string[]) {
  return map(lines).record;
}

function issues(...lines: readonly string[]) {
  return map(lines).issues.map(({ code, path }) => `${code} ${path}`);
}

function mainTitle(...lines: readonly string[]) {
  return record(...lines).titles.find(({ type }) => type === "main")?.value;
}

function names(agents: readonly { readonly name: string; readonly role?: string }[]) {
  return agents.map(({ name, role }) => (role === undefined ? name : `${name} [${role}]`));
}

/** 008 with some positions set. */
function fixed(positions: Readonly<Record<number, string>>): string {
  let text = " ".repeat(40);
  for (const [start, value] of Object.entries(positions)) {
    text = text.slice(0, Number(start)) + value + text.slice(Number(start) + value.length);
  }
  return `008 ${text}`;
}

describe("opening", () => {
  test("opens a record, a collection, and a record in no namespace", () => {
    const inner =
      '<record><datafield tag="245" ind1="0" ind2="0"><subfield code="a">Tên</subfield></datafield></record>';
    for (const xml of [inner, `<collection>${inner}</collection>`]) {
      expect(marc21.open(parseXml(xml)).fields("245")).toHaveLength(1);
    }
  });

  test("refuses what is no MARC record", () => {
    expect(() => marc21.open(parseXml("<dc><title>Tên</title></dc>"))).toThrow(XmlError);
    expect(() => marc21.open(parseXml("<record><title>Tên</title></record>"))).toThrow(XmlError);
  });
});

describe("titles", () => {
  test.each([
    ["245 10 $aLuật kinh tế /$cNguyễn Văn A", "Luật kinh tế"],
    ["245 10 $aLuật kinh tế.", "Luật kinh tế"],
    ["245 10 $aLuật kinh tế. -", "Luật kinh tế"],
    ["245 10 $aVì sao thế?", "Vì sao thế?"],
    ["245 10 $aTôi là ai...", "Tôi là ai..."],
    ["245 10 $aSách của T. C.", "Sách của T. C."],
    ["245 10 $aWorking at Acme Inc.", "Working at Acme Inc."],
    ["245 10 $aLuật kinh tế :$bgiáo trình /", "Luật kinh tế : giáo trình"],
    ["245 10 $aLuật kinh tế$bgiáo trình", "Luật kinh tế : giáo trình"],
    ["245 10 $aThơ ;$bTruyện", "Thơ ; Truyện"],
    ["245 10 $aLịch sử.$nTập 1,$pCổ đại /", "Lịch sử. Tập 1, Cổ đại"],
    ["245 10 $aLịch sử.$pCổ đại", "Lịch sử. Cổ đại"],
    ["245 10 $aVì sao?$nTập 1", "Vì sao? Tập 1"],
    ["245 10 $aLịch sử$h[electronic resource]", "Lịch sử"],
    ["245 14 $a\u0088The \u0089book", "The book"],
    ["245 10 $kPapers.", "Papers"],
  ])("%s is titled %s", (line, title) => {
    expect(mainTitle(line)).toBe(title);
  });

  test("a parallel title in 245 $b is a translated one, not a part of the main one", () => {
    const parallel = { value: "Economic law", type: "translated" };
    expect(record("245 10 $aLuật kinh tế =$bEconomic law /").titles[1]).toEqual(parallel);
    expect(record("245 10 $aLuật kinh tế$b= Economic law").titles[1]).toEqual(parallel);
    expect(mainTitle("245 10 $aLuật kinh tế =$bEconomic law /")).toBe("Luật kinh tế");
  });

  test("a subtitle that only names the degree belongs to the thesis", () => {
    const thesis = record("245 10 $aĐê biển :$bLuận văn ThS. Kỹ thuật: 60.58.40 /");
    expect(thesis.titles).toEqual([{ value: "Đê biển", type: "main" }]);
    expect(thesis.thesis).toMatchObject({ level: "master", discipline: { label: "Kỹ thuật", code: "60.58.40" } });
    expect(mainTitle("245 10 $aĐê biển :$bnghiên cứu trường hợp")).toBe("Đê biển : nghiên cứu trường hợp");
  });

  test.each(["130 0 ", "210 0 ", "222  0", "240 10", "246 3 ", "247 10", "730 0 ", "740 0 "])(
    "%s is an alternative title",
    (start) => {
      const { titles } = record("245 10 $aA", `${start} $aKhác`);
      expect(titles).toEqual([
        { value: "A", type: "main" },
        { value: "Khác", type: "alternative" },
      ]);
    },
  );

  test("242 and 246 with second indicator 1 are translated titles, 242 $y says into what", () => {
    expect(record("245 10 $aA", "242 10 $aB$yeng").titles[1]).toEqual({ value: "B", lang: "en", type: "translated" });
    expect(record("245 10 $aA", "246 31 $aB").titles[1]).toEqual({ value: "B", type: "translated" });
  });

  test("210 and 222 $b is a qualifier", () => {
    expect(record("245 10 $aA", "210 0  $aNature$b(Lond.)").titles[1]?.value).toBe("Nature (Lond.)");
  });

  test("730 and 740 with second indicator 2 are works in the item", () => {
    const { titles, relations } = record("245 10 $aA", "730 02 $aHamlet.", "740 02 $aOthello");
    expect(titles).toHaveLength(1);
    expect(relations.map(({ type, target }) => `${type} ${target.value}`)).toEqual([
      "HasPart Hamlet",
      "HasPart Othello",
    ]);
  });

  test("a title in the original script is an alternative one", () => {
    const { titles } = record("245 10 $6880-01$aKim Vân Kiều", "880 10 $6245-01/$1$a金雲翹 /$c阮攸");
    expect(titles).toEqual([
      { value: "Kim Vân Kiều", type: "main" },
      { value: "金雲翹", type: "alternative" },
    ]);
  });

  test("without a 245 the title in the original script, then any other title, is the main one", () => {
    expect(mainTitle("880 10 $6245-00/$1$a金雲翹")).toBe("金雲翹");
    expect(mainTitle("130 0  $aKinh Thi.")).toBe("Kinh Thi");
  });

  test("the same title is not given twice", () => {
    expect(record("245 10 $aLuật kinh tế", "246 3  $aLuật Kinh tế").titles).toHaveLength(1);
  });

  test("a placeholder is no title", () => {
    expect(record("245 10 $adang cap nhat").titles).toEqual([]);
    expect(issues("245 10 $aĐang cập nhật")).toContain("placeholder 245[1]$a");
  });
});

describe("creators and contributors", () => {
  test("100, 110 and 111 are creators", () => {
    const { creators } = record(
      "100 1  $aNguyễn, Văn An,$d1950-",
      "110 2  $aBộ Xây dựng.$bVụ Khoa học.",
      "111 2  $aHội thảo Việt Nam học$n(2 :$d2004 :$cHà Nội)",
    );
    expect(creators).toEqual([
      { name: "Nguyễn, Văn An", nameType: "personal", family: "Nguyễn", given: "Văn An" },
      { name: "Bộ Xây dựng. Vụ Khoa học", nameType: "organizational" },
      { name: "Hội thảo Việt Nam học (2 : 2004 : Hà Nội)", nameType: "organizational" },
    ]);
  });

  test("a name that nothing divides stays whole", () => {
    expect(record("100 0  $aNguyễn Văn An").creators).toEqual([{ name: "Nguyễn Văn An", nameType: "personal" }]);
  });

  test("titles of rank are no part of a name", () => {
    expect(names(record("100 0  $aPGS.TS. Nguyễn Văn An").creators)).toEqual(["Nguyễn Văn An"]);
  });

  test("an indicator says that a name is a person's where the name does not", () => {
    expect(record("100 0  $aPlato.").creators[0]?.nameType).toBe("personal");
    expect(record("100 1  $aCollege, Mary").creators[0]?.nameType).toBe("personal");
    expect(record("100    $aCliff Moughtin").creators[0]?.nameType).toBe("unknown");
  });

  test("a numeration is part of the name", () => {
    expect(names(record("100 0  $aJohn Paul$bII,$cPope").creators)).toEqual(["John Paul II"]);
  });

  test.each(["$4aut", "$eauthor.", "$etác giả", "$4cre", "$4http://id.loc.gov/vocabulary/relators/aut"])(
    "700 with %s is a creator",
    (relator) => {
      expect(names(record(`700 1  $aTrần, Thị Hoa,${relator}`).creators)).toEqual(["Trần, Thị Hoa"]);
    },
  );

  test.each([
    ["$engười hướng dẫn", "ths"],
    ["$eh.d.", "ths"],
    ["$ethesis advisor.", "ths"],
    ["$ech.b.", "edt"],
    ["$echủ biên", "edt"],
    ["$edịch", "trl"],
    ["$eh.đ.,", "crr"],
    ["$etranslator.", "trl"],
    ["$4ill", "ill"],
    ["$4trl$eeditor", "trl"],
    ["", "ctb"],
  ])("700 %s is a contributor: %s", (relator, role) => {
    expect(names(record(`700 1  $aTrần, Thị Hoa,${relator}`).contributors)).toEqual([`Trần, Thị Hoa [${role}]`]);
    expect(record(`700 1  $aTrần, Thị Hoa,${relator}`).creators).toEqual([]);
  });

  test("the relator of a meeting is $j, since $e is a subordinate unit there", () => {
    expect(names(record("711 2  $aHội nghị A.$eBan thư ký,$jauthor").creators)).toEqual(["Hội nghị A. Ban thư ký"]);
  });

  test("a relator that is in no list is an issue and leaves a contributor", () => {
    expect(names(record("700 1  $aTrần, Thị Hoa,$ekääntäjä").contributors)).toEqual(["Trần, Thị Hoa [ctb]"]);
    expect(issues("700 1  $aTrần, Thị Hoa,$ekääntäjä")).toContain("unmatched-role 700[1]$e");
    expect(issues("100 1  $aTrần, Thị Hoa,$ekääntäjä")).toContain("unmatched-role 100[1]$e");
  });

  test("a main entry keeps a role that is not the author's", () => {
    expect(names(record("100 1  $aTrần, Thị Hoa,$ech.b.").creators)).toEqual(["Trần, Thị Hoa [edt]"]);
  });

  test("720 is a contributor, or a creator where it says author", () => {
    const { creators, contributors } = record("720    $aNguyễn Văn An", "720 1  $aLê Lan$eauthor", "720 2  $aGFD$4pbl");
    expect(names(creators)).toEqual(["Lê Lan"]);
    expect(names(contributors)).toEqual(["Nguyễn Văn An [ctb]", "GFD [pbl]"]);
    expect(contributors[1]?.nameType).toBe("organizational");
  });

  test("several names in one field are told apart, with what is written behind them", () => {
    const lines = ["100    $aCathy Hopkins; Trịnh Ngọc Minh dịch"];
    expect(names(record(...lines).creators)).toEqual(["Cathy Hopkins"]);
    expect(names(record(...lines).contributors)).toEqual(["Trịnh Ngọc Minh [trl]"]);
    expect(names(record("100    $aNguyễn Văn An.; Lê Lan").creators)).toEqual(["Nguyễn Văn An", "Lê Lan"]);
    const list = "100    $aElaine P. Maimon, Janice H. Peritz, Kathleen Blake Yancey";
    expect(names(record(list).creators)).toEqual(["Elaine P. Maimon", "Janice H. Peritz", "Kathleen Blake Yancey"]);
    expect(issues(list)).toContain("several-names 100[1]$a");
    expect(names(record("100 1  $aGarcía Lorca, Federico José").creators)).toEqual(["García Lorca, Federico José"]);
  });

  test("identifiers of a person come from $0 and $1, the affiliation from $u", () => {
    const line =
      "100 1  $aTrần, Hoa$0(orcid)0000-0002-1825-0097$1http://viaf.org/viaf/102333412$0(isni)000000012146438X$uTrường A";
    expect(record(line).creators[0]).toMatchObject({
      identifiers: [
        { scheme: "ORCID", value: "0000-0002-1825-0097" },
        { scheme: "VIAF", value: "102333412" },
        { scheme: "ISNI", value: "000000012146438X" },
      ],
      affiliations: [{ name: "Trường A" }],
    });
  });

  test("a name with a title is another work", () => {
    const { contributors, relations } = record(
      "700 12 $aNguyễn, Du.$tTruyện Kiều.",
      "700 1  $aHomer.$tIlias.",
      "710 12 $aViệt Nam.$tHiến pháp",
    );
    expect(contributors).toEqual([]);
    expect(relations.map(({ type, target }) => `${type} ${target.value}`)).toEqual([
      "HasPart Nguyễn, Du. Truyện Kiều",
      "References Homer. Ilias",
      "HasPart Việt Nam. Hiến pháp",
    ]);
  });

  test("nobody is no creator", () => {
    expect(record("100    $aKhông rõ").creators).toEqual([]);
    expect(record("100    $aNhiều tác giả").creators).toEqual([]);
    expect(issues("100    $a[k.đ.]")).toContain("placeholder 100[1]$a");
  });

  test("the statement of responsibility is read only where there is no name field", () => {
    const statement = "245 00 $aLuật /$cNguyễn Văn An (ch.b.), Trần Thị Bình, by the staff";
    expect(names(record(statement).creators)).toEqual(["Nguyễn Văn An [edt]", "Trần Thị Bình"]);
    expect(issues(statement)).toContain("name-from-responsibility 245[1]$c");
    expect(names(record(statement, "100 0  $aLê Lợi").creators)).toEqual(["Lê Lợi"]);
    expect(issues("245 00 $aLuật /$cby the staff").join()).not.toContain("name-from-responsibility");
  });
});

describe("publication", () => {
  test("264 with second indicator 1 wins over 260", () => {
    const { publishers, issued } = record("260    $aHuế :$bA,$c2001", "264  1 $aHà Nội :$bB,$c2002");
    expect(publishers).toEqual([{ name: "B", place: "Hà Nội" }]);
    expect(issued?.value).toBe("2002");
  });

  test("264 of production, distribution and copyright name no publisher", () => {
    const lines = ["264  0 $aA :$bB", "264  2 $aC :$bD", "264  4 $c©2001", "260    $aHuế :$bE"];
    expect(record(...lines).publishers).toEqual([{ name: "E", place: "Huế" }]);
  });

  test("each publisher has the places before it", () => {
    expect(record("260    $aHà Nội ;$aHuế :$bA ;$bB ;$aVinh :$bC,$c2001").publishers).toEqual([
      { name: "A", place: "Hà Nội ; Huế" },
      { name: "B", place: "Hà Nội ; Huế" },
      { name: "C", place: "Vinh" },
    ]);
  });

  test("brackets of supplied information are not part of a value", () => {
    expect(record("260    $a[Hà Nội] :$b[Giáo dục],").publishers).toEqual([{ name: "Giáo dục", place: "Hà Nội" }]);
    expect(record("260    $a[Hà Nội :$bGiáo dục],").publishers).toEqual([{ name: "Giáo dục", place: "Hà Nội" }]);
  });

  test.each(["[S.l.] :", "[k.đ.] :", "S.l.", "Đang cập nhật", "[Place of publication not identified] :", "..."])(
    "%s is no place",
    (place) => {
      expect(record(`260    $a${place}$bA`).publishers).toEqual([{ name: "A" }]);
      expect(issues(`260    $a${place}$bA`)).toContain("placeholder 260[1]$a");
    },
  );

  test.each(["Khang Thị", "Ngân hàng", "Đang", "S.N.V.", "Kđ"])("%s is a name, not a placeholder", (name) => {
    expect(record(`260    $b${name}`).publishers).toHaveLength(1);
  });

  test("edition and extent keep what ISBD puts inside of them", () => {
    const { edition, extents } = record("250    $aIn lần 2 /$bLê Lan sửa chữa.", "300    $a215 tr. :$bảnh ;$c24 cm +");
    expect(edition).toBe("In lần 2 / Lê Lan sửa chữa");
    expect(extents).toEqual(["215 tr. : ảnh ; 24 cm"]);
  });
});

describe("dates", () => {
  const issued = (...lines: readonly string[]) => record(...lines).issued;

  test.each([
    ["2019.", "2019", "year"],
    ["c2009", "2009", "year"],
    ["2005, c2004.", "2005", "year"],
    ["[2013]", "2013?", "year"],
    ["1998 [i.e. 1999]", "1999", "year"],
    ["[199-]", "199X", "decade"],
    ["1990-1995", "1990/1995", "interval"],
    ["[between 1970 and 1979]", "1970/1979", "interval"],
    ["1955-<1957>", "1955/1957", "interval"],
    ["Tự Đức 31 (1878)", "1878", "year"],
  ])("260 $c %s is issued %s (%s)", (raw, value, precision) => {
    expect(issued(`260    $c${raw}`)).toEqual({ value, raw, precision });
  });

  test("the printed year wins over 008, and that they disagree is an issue", () => {
    const lines = ["260    $c2014", fixed({ 6: "s2015" })];
    expect(issued(...lines)?.value).toBe("2014");
    expect(issues(...lines)).toContain("date-conflict 260[1]$c");
    expect(issues("260    $c2015", fixed({ 6: "s2015" })).join()).not.toContain("date-conflict");
  });

  test.each(["s9999", "|    ", "m1990", "s199u", "suuuu"])("008 %s contradicts nothing", (coded) => {
    expect(issues("260    $c2014", fixed({ 6: coded })).join()).not.toContain("date-conflict");
  });

  test.each([
    ["s2015", "2015"],
    ["s199u", "199X"],
    ["s19uu", "19XX"],
  ])("without a printed date 008 %s counts: %s", (coded, value) => {
    expect(issued(fixed({ 6: coded }))?.value).toBe(value);
  });

  test("a year that cannot be read is an issue, and 008 takes its place", () => {
    expect(issues("260    $c198…")).toContain("unreadable-date 260[1]$c");
    expect(issued("260    $c198…", fixed({ 6: "s1985" }))?.value).toBe("1985");
  });

  test("a thesis without a publisher is of the year of 502", () => {
    expect(issued("502    $bThạc sĩ$cTrường Đại học A$d2015", fixed({ 6: "s2016" }))?.value).toBe("2015");
    expect(issued("502    $aLuận án (Tiến sĩ) -- Trường Đại học A, 2012.")?.value).toBe("2012");
    expect(issued("264  0 $c2011")?.value).toBe("2011");
    expect(issued("046    $as$c1999")?.value).toBe("1999");
  });

  test("an article is of the year of its issue", () => {
    expect(issued("773 0  $tTạp chí Y học. -$gSố 5. - 2019. - tr. 12-20")?.value).toBe("2019");
  });

  test("copyright, creation and revision are dates of their own", () => {
    const { dates } = record(
      "264  1 $c2005",
      "264  4 $c©2004",
      "046    $k1998$j2010",
      "542    $g2003",
      "533    $aẢnh$d2007",
    );
    expect(dates.map(({ type, value }) => `${type} ${value}`).sort()).toEqual([
      "copyrighted 2003",
      "copyrighted 2004",
      "created 1998",
      "created 2007",
      "updated 2010",
    ]);
    expect(record("260    $c2005, c2004.").dates).toEqual([
      { type: "copyrighted", value: "2004", raw: "2005, c2004." },
    ]);
  });
});

describe("languages", () => {
  const languages = (...lines: readonly string[]) => record(...lines).languages;

  test("041 $a and $d are the languages, the original and the summary are not", () => {
    expect(languages("041 1  $avie$dfre$beng$hchi")).toEqual(["vie", "fra"]);
  });

  test("codes written in one run are told apart", () => {
    expect(languages("041 0  $avieeng")).toEqual(["vie", "eng"]);
  });

  test("what libraries write instead of codes is understood", () => {
    expect(languages("041    $aTiếng Việt", "041    $aen")).toEqual(["vie", "eng"]);
  });

  test("008/35-37 counts where 041 says nothing", () => {
    expect(languages(fixed({ 35: "ger" }))).toEqual(["deu"]);
    expect(languages("041 0  $avie", fixed({ 35: "ger" }))).toEqual(["vie"]);
  });

  test.each(["und", "|||", "   ", "mul", "zxx"])("%s is no language and no issue", (code) => {
    expect(languages(fixed({ 35: code }))).toEqual([]);
    expect(issues(fixed({ 35: code })).join()).not.toContain("unmatched-language");
  });

  test("an unknown language is an issue", () => {
    expect(issues("041    $aklingon")).toContain("unmatched-language 041[1]$a");
  });
});

describe("resource type", () => {
  const type = (lines: readonly string[], leader = LEADER) =>
    map(lines, leader).record.resourceType?.uri.replace("http://purl.org/coar/resource_type/", "");
  const leader = (codes: string) => `00000n${codes} a2200000 a 4500`;

  test.each([
    ["am", [], "c_2f33"],
    ["aa", [], "c_3248"],
    ["ab", [], "c_6501"],
    ["ac", [], "RMP5-3GQ6"],
    ["as", [fixed({ 21: "p" })], "c_0640"],
    ["as", [fixed({ 21: "n" })], "c_2fe3"],
    ["as", [], "QX5C-AR31"],
    ["tm", [], "c_0040"],
    ["cm", [], "c_18cw"],
    ["em", [], "c_12cd"],
    ["gm", [], "c_8a7e"],
    ["gm", [fixed({ 33: "v" })], "c_12ce"],
    ["im", [], "c_18cc"],
    ["jm", [], "c_18cc"],
    ["km", [], "c_ecc8"],
    ["mm", [], "c_1843"],
    ["mm", [fixed({ 26: "a" })], "c_ddb1"],
    ["mm", [fixed({ 26: "b" })], "c_5ce6"],
    ["pc", [], "RMP5-3GQ6"],
    ["am", [fixed({ 24: "t" })], "c_18gh"],
    ["am", [fixed({ 24: "u" })], "c_71bd"],
    ["am", [fixed({ 29: "1" })], "c_f744"],
    ["am", [fixed({ 24: "bm" })], "c_46ec"],
    ["em", [fixed({ 24: "m" })], "c_12cd"],
    ["am", ["336    $acartographic image$bcri"], "c_12cd"],
    ["am", ["336    $atext$btxt"], "c_2f33"],
    ["am", ["773 0  $tTạp chí Y học"], "c_6501"],
    ["am", ["773 0  $tNature$x0028-0836"], "c_6501"],
    ["am", ["773 0  $tTuyển tập thơ"], "c_2f33"],
    ["xx", [], undefined],
  ] as const)("leader %s with %j is %s", (codes, lines, id) => {
    expect(type(lines, leader(codes))).toBe(id);
  });

  test("a word for the kind says more than the leader", () => {
    expect(type(["655  7 $aSách Hán Nôm."])).toBe("c_0040");
    expect(type(["655  7 $aCourt documents."])).toBe("1YTN-RJZE");
    expect(type(["927    $aBB"])).toBe("c_6501");
    expect(type(["942    $cTạp chí"])).toBe("c_0640");
    expect(type(["942    $cBK"])).toBe("c_2f33");
  });

  test("of several words the one that says most counts", () => {
    expect(type(["927    $aLV", "655  7 $aLuận văn thạc sĩ"])).toBe("c_bdcc");
  });

  test("a code of Libol that is in no table is an issue, a genre is a keyword", () => {
    expect(issues("927    $aXQ")).toContain("unmatched-type 927[1]$a");
    expect(record("655  7 $aKhoa học viễn tưởng$2lcgft").subjects).toEqual([
      { value: "Khoa học viễn tưởng", scheme: "keyword" },
    ]);
    expect(record("655  7 $aSách Hán Nôm").subjects).toEqual([]);
  });

  test("502 makes a thesis of the level it names", () => {
    expect(type(["502    $bTiến sĩ"])).toBe("c_db06");
    expect(type(["502    $aThesis (M.Sc.)--University of Hue, 1998."])).toBe("c_bdcc");
    expect(type(["502    $aKhóa luận tốt nghiệp"])).toBe("c_7a1f");
    expect(type(["502    $aBảo vệ năm 1998"])).toBe("c_46ec");
  });
});

describe("theses", () => {
  const thesis = (...lines: readonly string[]) => record(...lines).thesis;

  test("502 by subfields", () => {
    expect(thesis("502    $bThạc sĩ$cKhoa Luật, ĐHQGHN$d2019")).toEqual({
      degreeName: "Thạc sĩ",
      level: "master",
      grantor: { name: "ĐHQGHN" },
      department: "Khoa Luật",
      defenceDate: "2019",
    });
  });

  test.each([
    [
      "Luận án TS Y học: 62.72.01.40",
      { degreeName: "TS", level: "doctoral", discipline: { label: "Y học", code: "62.72.01.40" } },
    ],
    [
      "Luận văn (Thạc sĩ) -- Trường Đại học Cần Thơ, 2015",
      { degreeName: "Thạc sĩ", level: "master", grantor: { name: "Trường Đại học Cần Thơ" }, defenceDate: "2015" },
    ],
    [
      "Thesis (Ph. D.)--Johns Hopkins University, 2005.",
      { degreeName: "Ph. D.", level: "doctoral", grantor: { name: "Johns Hopkins University" }, defenceDate: "2005" },
    ],
    ["LVThS", { level: "master" }],
    ["Luận văn bác sĩ nội trú", { degreeName: "bác sĩ nội trú", level: "other" }],
  ])("502 $a %s", (text, expected) => {
    expect(thesis(`502    $a${text}`)).toEqual(expected);
  });

  test("the grantor is the degree granting institution of 710, else a university there", () => {
    const first = thesis(
      "502    $bTiến sĩ",
      "710 2  $aTrường Đại học A",
      "710 2  $aHọc viện Biên phòng.$bKhoa Luật$4dgg",
    );
    expect(first).toMatchObject({ grantor: { name: "Học viện Biên phòng" }, department: "Khoa Luật" });
    expect(thesis("502    $bTiến sĩ", "710 2  $aBộ Y tế", "710 2  $aTrường Đại học A")?.grantor?.name).toBe(
      "Trường Đại học A",
    );
    expect(thesis("502    $bTiến sĩ", "710 2  $aBộ Y tế")?.grantor).toBeUndefined();
  });

  test("a word for the kind makes a thesis too, of the level it names", () => {
    expect(thesis("655  7 $aLuận văn thạc sĩ", "710 2  $aTrường Đại học Vinh")).toEqual({
      level: "master",
      grantor: { name: "Trường Đại học Vinh" },
    });
    expect(thesis("927    $aLV")).toBeNull();
  });

  test("a book has no thesis, whoever stands in 710", () => {
    expect(thesis("245 10 $aA", "710 2  $aTrường Đại học A$4dgg")).toBeNull();
  });

  test("the note itself is kept", () => {
    expect(record("502    $aLVThS").descriptions).toEqual([{ value: "LVThS", type: "thesisNote" }]);
  });
});

describe("descriptions", () => {
  test.each([
    ["520    $aX", "abstract"],
    ["520 3  $aX", "abstract"],
    ["520 8  $aX", "abstract"],
    ["520 1  $aX", "note"],
    ["505 0  $aX", "toc"],
    ["500    $aX", "note"],
    ["504    $aX", "note"],
    ["546    $aX", "note"],
  ])("%s is of type %s", (line, type) => {
    expect(record(line).descriptions).toEqual([{ value: "X", type }]);
  });

  test.each(["506", "530", "536", "540", "541", "561", "583", "521"])("%s is no description", (tag) => {
    expect(record(`${tag} 1  $aX`).descriptions).toEqual([]);
  });

  test("a note is the text of all its subfields, but not who it applies to", () => {
    expect(record("505 00 $tA /$rB --$tC.$5VN").descriptions[0]?.value).toBe("A / B -- C.");
  });

  test("an abstract in the original script stands beside it", () => {
    const lines = ["520    $6880-01$aTóm tắt", "880    $6520-01/$1$a摘要"];
    expect(record(...lines).descriptions.map(({ value, type }) => `${type} ${value}`)).toEqual([
      "abstract Tóm tắt",
      "abstract 摘要",
    ]);
  });

  test("placeholders are no notes", () => {
    expect(record("500    $akhong ghi chu", "520    $adang cap nhat").descriptions).toEqual([]);
  });

  test("521 and 385 are the audience, 524 and 534 the source", () => {
    const { audience, sourceNotes } = record("521    $aSinh viên", "385    $aTrẻ em", "534    $pBản gốc:$cHuế, 1871");
    expect(audience).toEqual(["Sinh viên", "Trẻ em"]);
    expect(sourceNotes).toEqual(["Bản gốc: Huế, 1871"]);
  });
});

describe("subjects", () => {
  const subjects = (...lines: readonly string[]) =>
    record(...lines).subjects.map(({ scheme, value }) => `${scheme} ${value}`);

  test.each([
    ["650  0 $aVietnam$xHistory$yTo 1900.", "LCSH Vietnam--History--To 1900"],
    ["650  2 $aNeoplasms", "MeSH Neoplasms"],
    ["650  7 $aLuật$2Bộ TK TVQG", "local Luật"],
    ["650  7 $aLaw$2lcsh", "LCSH Law"],
    ["650  4 $aLuật", "keyword Luật"],
    ["650    $aLuật.", "keyword Luật"],
    ["600 14 $aNguyễn, Du,$d1766-1820$xTác phẩm", "keyword Nguyễn, Du, 1766-1820--Tác phẩm"],
    ["610 24 $aQuốc hội", "keyword Quốc hội"],
    ["611 24 $aHội nghị A", "keyword Hội nghị A"],
    ["630 04 $aKinh Thi", "keyword Kinh Thi"],
    ["648  4 $aThế kỷ 20", "keyword Thế kỷ 20"],
    ["651  4 $aHà Nội", "keyword Hà Nội"],
    ["653    $aLuật", "keyword Luật"],
    ["690    $aKinh tế phát triển", "local Kinh tế phát triển"],
    ["050  4 $aQA76.9$b.D3 2001", "LCC QA76.9"],
    ["055  4 $aPS8555", "LCC PS8555"],
    ["060  4 $aWG 120", "NLM WG 120"],
    ["083 04 $a005.133", "DDC 005.133"],
    ["080    $a621.3", "UDC 621.3"],
    ["084    $aЮ 25$2rubbk", "BBK Ю 25"],
    ["084    $a7A$219lop", "local 7A"],
    ["082 04 $a005.133$bL250T", "DDC 005.133"],
    ["082 04 $a895.922 3 Chu", "DDC 895.9223"],
    ["082 04 $a687.042 0285", "DDC 687.0420285"],
    ["082 04 $a811/.52", "DDC 811.52"],
    ["082 04 $a671.7--BA-L", "DDC 671.7"],
    ["082 04 $a[895.922]", "DDC 895.922"],
  ])("%s is %s", (line, subject) => {
    expect(subjects(line)).toEqual([subject]);
  });

  test.each(["71.040.30", "LATS", "85", "2019"])("082 %s is no Dewey number: kept as local, with an issue", (text) => {
    expect(subjects(`082 04 $a${text}`)).toEqual([`local ${text}`]);
    expect(issues(`082 04 $a${text}`)).toContain("invalid-classification 082[1]$a");
  });

  test("keywords divided by semicolons, and repeated ones, are single keywords", () => {
    expect(subjects("653    $aLuật ; Kinh tế$aY học", "653    $aluật")).toEqual([
      "keyword Luật",
      "keyword Kinh tế",
      "keyword Y học",
    ]);
  });

  test("the address of an authority record is kept", () => {
    const uri = "http://id.loc.gov/authorities/subjects/sh85007163";
    expect(record(`650  0 $aArithmetic$0${uri}`).subjects[0]?.uri).toBe(uri);
  });
});

describe("coverage", () => {
  test("places, periods, coordinates and area codes", () => {
    const { coverage } = record(
      "651  4 $aHà Nội$xLịch sử",
      "648  7 $aThế kỷ 20",
      "752    $aViệt Nam$bHuế",
      "255    $aTỷ lệ 1:50000$c(E 105°--E 106°)",
      "043    $aa-vt---$axx-zz--",
    );
    expect(coverage).toEqual([
      { kind: "spatial", value: "Hà Nội" },
      { kind: "spatial", value: "Việt Nam--Huế" },
      { kind: "spatial", value: "(E 105°--E 106°)" },
      { kind: "spatial", value: "Vietnam", uri: "http://id.loc.gov/vocabulary/geographicAreas/a-vt" },
      { kind: "spatial", value: "xx-zz", uri: "http://id.loc.gov/vocabulary/geographicAreas/xx-zz" },
      { kind: "temporal", value: "Thế kỷ 20" },
    ]);
  });
});

describe("rights", () => {
  const access = (...lines: readonly string[]) => record(...lines).accessRights?.uri.replace(/^.*\//, "");

  test.each([
    ["506 0  $aMở cho mọi người", "c_abf2"],
    ["506    $aTruy cập mở.", "c_abf2"],
    ["506    $fUnrestricted online access.$2star", "c_abf2"],
    ["506 1  $aDành cho cán bộ thư viện A", "c_16ec"],
    ["506    $fOnline access with authorization$2star", "c_16ec"],
    ["506    $aLưu hành nội bộ", "c_16ec"],
    ["540    $aTruy cập mở", "c_abf2"],
    ["926    $a1", "c_16ec"],
    ["926    $a0", undefined],
    ["856 40 $uhttps://a.edu.vn/1", undefined],
    ["506    $aXem quy định riêng", undefined],
    ["506 1  $ametadata only access", "c_14cb"],
    ["506 1  $aTheo thỏa thuận$uhttp://purl.org/coar/access_right/c_14cb", "c_14cb"],
  ])("%s is %s", (line, id) => {
    expect(access(line)).toBe(id);
  });

  test("the words of the statement win over the indicator", () => {
    expect(access("506 1  $aHạn chế đến ngày 31/12/2027")).toBe("c_f1cf");
  });

  test("the end of an embargo comes from 506 $g or from the statement", () => {
    expect(record("506 1  $aTạm khóa$g20271231").embargoEnd).toBe("2027-12-31");
    expect(record("506 1  $aHạn chế đến ngày 31/12/2027").embargoEnd).toBe("2027-12-31");
  });

  test("a statement in no vocabulary is an issue and stays as a note", () => {
    expect(issues("506    $aXem quy định riêng")).toContain("unmatched-access-rights 506[1]$a");
    expect(record("506    $aXem quy định riêng").rightsNotes).toEqual(["Xem quy định riêng"]);
  });

  test("a state secret is marked as an error", () => {
    const secret = map(["245 10 $aA", "506    $aTối mật"]).issues.find(({ code }) => code === "marked-secret");
    expect(secret?.severity).toBe("error");
  });

  test("540 and 542 give the licence; what is none is a note", () => {
    const { license, rightsNotes } = record(
      "540    $aBản quyền của tác giả$uhttps://creativecommons.org/licenses/by-nc/4.0/",
    );
    expect(license?.uri).toBe("https://creativecommons.org/licenses/by-nc/4.0/");
    expect(rightsNotes).toEqual(["Bản quyền của tác giả"]);
    expect(record("542    $fCC BY 4.0").license?.label).toBe("CC BY 4.0");
  });

  test("a sentence around the address of a licence says more than the licence, and a second licence is a note", () => {
    const [licence, sentence] = ["https://creativecommons.org/licenses/by/4.0/", "Ghi nguồn theo"];
    expect(record(`540    $a${sentence} ${licence} khi dùng`).rightsNotes).toEqual([`${sentence} ${licence} khi dùng`]);
    expect(record(`540    $aCC BY 4.0$u${licence}`, "540    $aCC BY-NC 4.0").rightsNotes).toEqual(["CC BY-NC 4.0"]);
  });
});

describe("identifiers", () => {
  test("a DOI wins over a handle, a handle over a page, a page over the control number", () => {
    const lines = ["001 42", "003 VN-A", "856 40 $uhttps://a.edu.vn/1", "024 7  $ahttp://hdl.handle.net/11742/5$2hdl"];
    const doi = "024 7  $a10.1234/abc$2doi";
    expect(record(...lines, doi).identifier).toEqual({ value: "10.1234/abc", scheme: "DOI" });
    expect(record(...lines).identifier).toEqual({ value: "11742/5", scheme: "Handle" });
    expect(record(...lines.slice(0, 3)).identifier).toEqual({ value: "https://a.edu.vn/1", scheme: "URL" });
    expect(record(...lines.slice(0, 2)).identifier).toEqual({ value: "(VN-A)42", scheme: "local" });
  });

  test("numbers that an aggregator of this software gave the record are not those of the item", () => {
    const ours = ["001 vjol/7", "003 lienthong.vn", "035    $a(vjol)oai:vjol.info.vn:article/7"];
    const { identifier, alternateIdentifiers } = record(...ours, "040    $avjol$bvie$clienthong");
    expect(identifier?.scheme).toBe("OAI");
    expect(alternateIdentifiers).toEqual([]);
    expect(record(...ours, "040    $avjol$bvie$cvjol").alternateIdentifiers).toEqual([
      { value: "oai:vjol.info.vn:article/7", scheme: "OAI" },
    ]);
  });

  test("what was not chosen is an alternate identifier", () => {
    const found = record("001 42", "003 VN-A", "856 40 $uhttps://a.edu.vn/1", "024 7  $a10.1234/abc$2doi");
    expect(found.alternateIdentifiers.map(({ value }) => value)).toEqual(["https://a.edu.vn/1", "(VN-A)42"]);
  });

  test("a control number of nobody's is only local", () => {
    const { identifier, alternateIdentifiers } = record("001 42");
    expect(identifier?.scheme).toBe("OAI");
    expect(alternateIdentifiers).toEqual([{ value: "42", scheme: "local" }]);
  });

  test.each([
    ["020    $a978-604-0-05875-1 (T.1)$c85000đ", "ISBN 9786040058751"],
    ["020    $a9786040058752", "ISBN 9786040058752 invalid"],
    ["020    $z9786040058751", "ISBN 9786040058751 invalid"],
    ["022    $a1813-9663", "ISSN 1813-9663"],
    ["022    $y1813-9663", "ISSN 1813-9663 invalid"],
    ["024 2  $a979-0-2600-0043-8", "ISMN 9790260000438"],
    ["024 3  $a4006381333931", "other 4006381333931"],
    ["027    $aTR-1", "report TR-1"],
    ["030    $aNATUAS", "other NATUAS"],
    ["086    $aA 1.2", "report A 1.2"],
    ["088    $aĐTL-2019", "report ĐTL-2019"],
    ["035    $a(OCoLC)25316101", "other (OCoLC)25316101"],
    ["010    $a   92005291 ", "other 92005291"],
  ])("%s is %s", (line, expected) => {
    const [first] = record(line).alternateIdentifiers;
    expect([first?.scheme, first?.value, ...(first?.invalid === true ? ["invalid"] : [])].join(" ")).toBe(expected);
  });

  test("a wrong number is an issue unless the record says itself that it is wrong", () => {
    expect(issues("020    $a9786040058752")).toContain("invalid-identifier 020[1]$a");
    expect(issues("020    $z9786040058752").join()).not.toContain("invalid-identifier");
  });
});

describe("links", () => {
  test("an address is a page unless its ending or $q says that it is a file", () => {
    const found = record("856 40 $uhttps://a.edu.vn/1.pdf$s2048$yToàn văn", "856 41 $uhttps://a.edu.vn/1");
    expect(found.landingPage).toBe("https://a.edu.vn/1");
    expect(found.files).toEqual([
      { url: "https://a.edu.vn/1.pdf", mediaType: "application/pdf", sizeBytes: 2048, label: "Toàn văn" },
    ]);
    expect(record("856 40 $uhttps://a.edu.vn/get?id=1$qapplication/pdf").files).toHaveLength(1);
    expect(record("856 40 $uhttps://a.edu.vn/1$qtext/html").landingPage).toBe("https://a.edu.vn/1");
  });

  test("second indicator 2, and what $3 calls a table of contents, is a relation", () => {
    const found = record("856 42 $uhttps://a.edu.vn/b", "856 41 $3Table of contents$uhttps://a.edu.vn/toc.pdf");
    expect(found.landingPage).toBeNull();
    expect(found.files).toEqual([]);
    expect(found.relations.map(({ type, target }) => `${type} ${target.value}`)).toEqual([
      "References https://a.edu.vn/b",
      "References https://a.edu.vn/toc.pdf",
    ]);
  });

  test.each(["http://192.168.1.5/opac/1", "http://libserver/1.pdf", "http://localhost/1"])(
    "%s is never published",
    (url) => {
      const { record: found, issues: left } = map(["245 10 $aA", `856 40 $u${url}`]);
      expect(JSON.stringify(found)).not.toContain(url);
      expect(left.map(({ code }) => code)).toContain("private-address");
    },
  );

  test("what is no address is an issue; one that begins with www is one", () => {
    expect(issues("856 40 $uhcmus.edu.vn")).toContain("invalid-url 856[1]$u");
    expect(record("856 40 $uwww.hcmus.edu.vn/1").landingPage).toBe("http://www.hcmus.edu.vn/1");
  });

  test("a record with a DOI alone has the DOI's page", () => {
    expect(record("024 7  $a10.1234/abc$2doi").landingPage).toBe("https://doi.org/10.1234/abc");
  });

  test("340 $a and 856 $q are formats", () => {
    expect(record("340    $agiấy dó", "856 40 $uhttps://a.edu.vn/1.pdf$qapplication/pdf").formats).toEqual([
      "giấy dó",
      "application/pdf",
    ]);
  });
});

describe("host, series, relations, funding, holdings", () => {
  test.each([
    ["$gTập 35, Số 2 (2019), tr. 113-127", { volume: "35", issue: "2", startPage: "113", endPage: "127" }],
    ["$gVol. 2, no. 3-4 (Feb. 1976), p. 195", { volume: "2", issue: "3-4", startPage: "195" }],
    ["$g2019. - Số 5. - tr. 12-20", { issue: "5", startPage: "12", endPage: "20" }],
    ["$q12:3<45", { volume: "12", issue: "3", startPage: "45" }],
    ["$gXuân Kỷ Hợi", { note: "Xuân Kỷ Hợi" }],
  ])("773 %s", (text, expected) => {
    expect(record(`773 0  $tTạp chí Y học. -${text}`).host).toEqual({ title: "Tạp chí Y học", ...expected });
  });

  test("773 $x and $z are the numbers of the host; a second 773 is a relation", () => {
    const { host, relations } = record("773 0  $tA$x1813-9663", "773 0  $tB$z9786040058751");
    expect(host).toEqual({ title: "A", issn: "1813-9663" });
    expect(relations).toEqual([{ type: "IsPartOf", target: { value: "9786040058751", scheme: "ISBN" }, label: "B" }]);
  });

  test("490 is the series; 830 only where there is no 490", () => {
    expect(record("490 1  $aTủ sách A ;$x1813-9663 ;$vT.1", "830  0 $aTủ sách B ;$v1").series).toEqual([
      { title: "Tủ sách A", number: "T.1", issn: "1813-9663" },
    ]);
    expect(record("830  0 $aTủ sách B ;$v1").series).toEqual([{ title: "Tủ sách B", number: "1" }]);
    expect(record("811 2  $aHội nghị Y học$tKỷ yếu ;$v1").series).toEqual([{ title: "Kỷ yếu", number: "1" }]);
  });

  test("a number of 490 without a title is that of a part of the work", () => {
    expect(record("245 00 $aDòng đời /", "490    $vT.2").series).toEqual([{ title: "Dòng đời", number: "T.2" }]);
  });

  test.each([
    ["765", "IsDerivedFrom"],
    ["767", "IsSourceOf"],
    ["770", "IsSupplementedBy"],
    ["772", "IsSupplementTo"],
    ["774", "HasPart"],
    ["775", "IsVersionOf"],
    ["776", "IsVariantFormOf"],
    ["780", "Continues"],
    ["785", "IsContinuedBy"],
    ["787", "References"],
  ])("%s is %s", (tag, type) => {
    expect(record(`${tag} 0  $tTạp chí Y học.$x1813-9663`).relations).toEqual([
      { type, target: { value: "1813-9663", scheme: "ISSN" }, label: "Tạp chí Y học" },
    ]);
    expect(record(`${tag} 0  $tTạp chí Y học.$x1813-9660`).relations).toEqual([
      { type, target: { value: "Tạp chí Y học" } },
    ]);
  });

  test("530 is another form, 510 a reference to the item", () => {
    const { relations } = record("530    $aCó bản điện tử.", "510 0  $aIndex medicus.");
    expect(relations.map(({ type, target }) => `${type} ${target.value}`)).toEqual([
      "IsVariantFormOf Có bản điện tử",
      "IsReferencedBy Index medicus",
    ]);
  });

  test("536 is funding", () => {
    expect(record("536    $aNAFOSTED$c101.02-2019.1$f55").funding).toEqual([
      { funderName: "NAFOSTED", awardNumber: "101.02-2019.1" },
    ]);
  });

  test.each([
    ["852    $aTVQG$bKho A$jVV19", { institution: "TVQG", callNumber: "VV19", location: "Kho A" }],
    ["090    $a005.133$bL250T", { callNumber: "005.133 L250T" }],
    ["952    $o005 L2", { callNumber: "005 L2" }],
    ["952    $p32296$cKho mở$o005 L2", { callNumber: "005 L2", location: "Kho mở" }],
  ])("%s is a holding", (line, holding) => {
    expect(record(line).holdings).toEqual([holding]);
  });

  test("the same place is named once however many copies are there, and no barcode is", () => {
    const { holdings } = record("952    $p1$cKho A", "952    $p2$cKho A");
    expect(holdings).toEqual([{ location: "Kho A" }]);
  });

  test("952 is an item only in Koha", () => {
    expect(record("952    $b1998$cwww").holdings).toEqual([]);
  });
});

describe("what is not for others", () => {
  test.each(["910", "911", "912", "946", "999", "591", "CAT"])("%s leaves no trace, in no issue either", (tag) => {
    const mapping = map(["245 10 $aA", `${tag}    $aNguyễn Thị Nhập Liệu$cThương`]);
    expect(JSON.stringify([mapping.record, mapping.issues, mapping.unmapped])).not.toMatch(/Nhập Liệu|Thương/);
  });

  test("541, 561 and 583 name donors and owners and are dropped", () => {
    for (const tag of ["541", "561", "583"]) {
      expect(JSON.stringify(map([`${tag}    $aTặng của ông A`]))).not.toContain("ông A");
    }
  });

  test("what no rule reads is left over, with its place", () => {
    expect(map(["245 10 $aA", "269    $aX"]).unmapped).toEqual([{ path: "269[1]$a", value: "X" }]);
  });

  test("an ordinary record leaves nothing over", () => {
    const mapping = map([
      "001 42",
      "003 VN-A",
      "005 20160301093000.0",
      fixed({ 6: "s2015", 35: "vie" }),
      "020    $a9786040058751$qbìa mềm",
      "040    $aVN-A$bvie",
      "041 0  $avie",
      "082 04 $223$a005.133$bL250T",
      "100 1  $aNguyễn, Văn An,$d1950-$etác giả",
      "245 10 $6880-01$aLuật :$bgiáo trình /$cNguyễn Văn An",
      "260    $aH. :$bGiáo dục,$c2015",
      "300    $a215 tr. :$bảnh ;$c24 cm",
      "336    $atext$btxt$2rdacontent",
      "650  7 $aLuật$2btkvn$0(VN)123$923",
      "700 1  $aTrần, Hoa,$edịch$0(VN)5",
      "880 10 $6245-01/$1$a法 :$b教程 /$c阮文安",
      "952    $p1$cKho A",
    ]);
    expect(mapping.unmapped).toEqual([]);
  });
});

test("every text of the record is composed and without entities", () => {
  const dirty = "Lu\u00e2\u0323t &amp; kinh te\u0302\u0301";
  const { record: found } = map([
    `100 0  $a${dirty}`,
    `245 10 $a${dirty}`,
    `260    $a${dirty}$b${dirty}`,
    `520    $a${dirty}`,
    `653    $a${dirty}`,
    `773 0  $t${dirty}`,
    `852    $a${dirty}`,
  ]);
  const json = JSON.stringify(found);
  expect(json).toBe(json.normalize("NFC"));
  expect(json).not.toContain("&amp;");
  expect(found.titles[0]?.value).toBe("Luật & kinh tế");
});
