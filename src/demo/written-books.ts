import type { CatalogueEntry } from "./catalogue-record.ts";

/**
 * Catalogue entries written by hand for the demonstration. The rare books of the Nguyễn dynasty exist; every modern
 * book, person and publisher is invented.
 */
export const WRITTEN_BOOKS: readonly CatalogueEntry[] = [
  {
    collection: "HANNOM",
    text: `
      041 0# $achi
      082 04 $a895.12108$214
      100 0# $6880-01$aBùi Huy Bích,$d1744-1818
      245 10 $6880-02$aHoàng Việt thi tuyển :$b[6 quyển] /$cTồn Am gia tập, Bùi Huy Bích biên tập
      264 #1 $6880-03$a[Thăng Long] :$bHy Văn Đường,$cMinh Mệnh 6 [1825]
      300 ## $a2 tập (308 tờ) :$bkhắc in ;$c26 x 15 cm
      336 ## $avăn bản$btxt$2rdacontent
      500 ## $aGiấy dó, bản khắc in, chữ rõ; tập 2 mất hai tờ cuối
      520 ## $aTuyển thơ chữ Hán của các tác giả Việt Nam từ đời Lý đến đời Lê, mỗi tác giả có tiểu sử vắn tắt
      546 ## $aChữ Hán
      650 #4 $aThơ chữ Hán$zViệt Nam
      653 ## $aHán Nôm
      653 ## $aThơ
      655 #7 $aSách cổ$2btkvn
      852 ## $aThư viện tỉnh Minh Họa$bKho Hán Nôm$jHN.0017
      880 0# $6100-01/{dollar}1$a裴輝璧
      880 10 $6245-02/{dollar}1$a皇越詩選
      880 #1 $6264-03/{dollar}1$a[昇龍] :$b希文堂,$c明命六年 [1825]`,
  },
  {
    collection: "HANNOM",
    text: `
      041 0# $achi
      082 04 $a959.7027$214
      100 0# $6880-01$aPhan Huy Chú,$d1782-1840
      245 10 $6880-02$aLịch triều hiến chương loại chí.$nQuyển 42-45,$pVăn tịch chí /$cPhan Huy Chú soạn
      264 #1 $6880-03$a[k.đ.] :$b[k.nxb.],$cMinh Mệnh 2 [1821]
      300 ## $a96 tờ :$bchép tay ;$c29 x 16 cm
      500 ## $aNiên đại ghi theo bài tựa; bản sao không rõ người chép
      520 ## $aPhần ghi chép về thư tịch Việt Nam qua các triều đại, chia thành bốn loại: hiến chương, kinh sử, thi văn và truyện ký
      650 #4 $aThư tịch$zViệt Nam
      653 ## $aHán Nôm
      653 ## $aThư mục học
      655 #7 $aBản chép tay$2btkvn
      880 0# $6100-01/{dollar}1$a潘輝注
      880 10 $6245-02/{dollar}1$a歷朝憲章類誌.$n卷四十二至四十五,$p文籍誌
      880 #1 $6264-03/{dollar}1$c明命二年 [1821]`,
  },
  {
    collection: "HANNOM",
    text: `
      041 0# $achi$avie
      082 04 $a895.9221$214
      100 0# $6880-01$aNguyễn Trãi,$d1380-1442
      245 10 $6880-02$aỨc Trai di tập /$cNguyễn Trãi ; Dương Bá Cung biên tập
      264 #1 $6880-03$a[Hà Nội] :$bPhúc Khê,$cTự Đức 21 (1868)
      300 ## $a7 quyển, đóng 3 tập :$bkhắc in ;$c24 x 15 cm
      500 ## $aQuyển 7: Quốc âm thi tập, chữ Nôm
      546 ## $aChữ Hán và chữ Nôm
      653 ## $aHán Nôm
      653 ## $aThơ văn
      653 ## $aQuốc âm thi tập
      700 0# $6880-04$aDương Bá Cung,$d1794-1868$eb.s.
      856 41 $uhttp://192.168.10.5/hannom/view.aspx?id=HN0042$zBản số hóa, xem tại thư viện
      880 0# $6100-01/{dollar}1$a阮廌
      880 10 $6245-02/{dollar}1$a抑齋遺集
      880 #1 $6264-03/{dollar}1$b福溪,$c嗣德二十一年 (1868)
      880 0# $6700-04/{dollar}1$a楊伯恭`,
  },
  {
    collection: "SACH",
    text: `
      020 ## $a{isbn}$c120000đ
      041 0# $avie$aeng
      082 04 $a020.9597$223$bL302S
      100 1# $aTrịnh, Văn Sơn
      245 10 $aLịch sử thư viện Việt Nam =$bA history of libraries in Vietnam /$cTrịnh Văn Sơn
      250 ## $aXuất bản lần thứ hai
      264 #1 $aH. :$bNxb. Minh Họa,$c2018
      300 ## $a356 tr. :$bảnh, bảng ;$c24 cm
      490 0# $aTủ sách Khoa học thư viện
      504 ## $aThư mục: tr. 341-350
      520 ## $aTrình bày quá trình hình thành và phát triển của thư viện Việt Nam từ các tàng thư thời Lý – Trần đến hệ thống thư viện hiện nay
      650 #7 $aThư viện$xLịch sử$2Bộ TK TVQG
      651 #7 $aViệt Nam$2Bộ TK TVQG
      653 ## $aLịch sử thư viện`,
  },
  {
    collection: "SACH",
    text: `
      020 ## $a{isbn}$c95000đ$d1000b
      041 1# $avie$heng
      082 04 $a025.3$223$bS450H
      100 1# $aHarrow, Margaret
      245 10 $aSổ tay siêu dữ liệu cho thư viện nhỏ /$cMargaret Harrow ; Dịch: Đỗ Thị Ngọc Lan, Lê Quang Huy ; Hồ Thị Diệu Linh h.đ.
      246 1# $iTên sách tiếng Anh:$aMetadata handbook for small libraries
      260 ## $aTp. Hồ Chí Minh :$bNxb. Sông Sách,$c2021
      300 ## $a214tr. :$bhình vẽ ;$c21cm
      520 ## $aHướng dẫn lựa chọn và áp dụng các chuẩn siêu dữ liệu Dublin Core, MODS, MARC 21; cách chia sẻ biểu ghi qua giao thức OAI-PMH
      653 ## $aSiêu dữ liệu
      653 ## $aBiên mục
      700 1# $aĐỗ, Thị Ngọc Lan$edịch
      700 1# $aLê, Quang Huy$edịch
      700 1# $aHồ, Thị Diệu Linh$ehiệu đính`,
  },
  {
    collection: "SACH",
    text: `
      020 ## $a{isbn}$c78000đ
      041 0# $avie
      082 04 $a005.133$223$bL123T
      100 1# $aPhạm, Đức Long
      245 10 $aLập trình web với TypeScript :$btừ căn bản đến ứng dụng thư viện /$cPhạm Đức Long (ch.b.), Trần Gia Bảo
      260 ## $aH. :$bNhà xuất bản Tri Thức Mẫu,$c2023
      300 ## $a298tr. :$bminh họa ;$c24cm +$e1 đĩa CD
      520 ## $aGiới thiệu ngôn ngữ TypeScript, lập trình phía máy chủ & xử lý dữ liệu XML; ví dụ xuyên suốt là một mục lục thư viện trực tuyến
      650 #7 $aNgôn ngữ lập trình$2Bộ TK TVQG
      653 ## $aTypeScript
      653 ## $aLập trình web
      700 1# $aTrần, Gia Bảo
      856 42 $uhttps://sach.example.vn/lap-trinh-web-typescript$3Mã nguồn kèm theo sách`,
  },
  {
    collection: "SACH",
    text: `
      041 0# $avie
      082 14 $a398.809597$214
      100 0# $aKhuyết danh
      245 10 $aTỤC NGỮ CA DAO VỀ NGHỀ NÔNG /$cTân Việt s.t., tuyển chọn
      260 ## $aH. :$bNxb. Minh Họa,$c[199-]
      300 ## $a124tr. ;$c19cm
      653 ## $aTục ngữ
      653 ## $aCa dao
      653 ## $aNông nghiệp
      700 0# $aTân Việt$es.t.
      900 ## $aTrue
      911 ## $aNhân viên Mẫu A
      912 ## $aNhân viên Mẫu B
      926 ## $a0
      927 ## $aSH`,
  },
  {
    collection: "DIACHI",
    text: `
      041 0# $avie
      082 04 $a394.26959758$223$bL250H
      100 1# $aThành, Thị Kiều Mỹ
      245 10 $aLễ hội Katê của người Chăm ở Ninh Thuận /$cThành Thị Kiều Mỹ ; Ảnh: Y Khoa Niê
      264 #1 $aH. :$bNxb. Minh Họa,$c2020
      300 ## $a188 tr., 24 tr. ảnh màu ;$c21 cm
      490 0# $aTủ sách Văn hóa các dân tộc Việt Nam
      500 ## $aSách được biên soạn trên cơ sở luận văn thạc sĩ của tác giả
      520 ## $aMô tả không gian, thời gian, nghi lễ và những biến đổi của lễ hội Katê tại các đền tháp và làng Chăm
      650 #7 $aLễ hội$2Bộ TK TVQG
      650 #7 $aDân tộc Chăm$2Bộ TK TVQG
      651 #7 $aNinh Thuận$2Bộ TK TVQG
      653 ## $aLễ hội Katê`,
  },
  {
    collection: "SACH",
    text: `
      020 ## $a{isbn}$c62000đ
      041 0# $avie
      082 04 $a613.2083$223$bD312D
      100 1# $aHoàng, Thị Nga
      245 10 $aDinh dưỡng cho trẻ dưới năm tuổi :$bhỏi và đáp /$cHoàng Thị Nga (ch.b.), Đinh Xuân Tùng, Mai Thu Giang
      250 ## $aTái bản lần thứ 2
      260 ## $aH. :$bNxb. Minh Họa,$c2016
      300 ## $a132tr. :$bbảng, tranh màu ;$c20cm
      520 ## $aGiải đáp 100 câu hỏi thường gặp về nuôi con bằng sữa mẹ, ăn bổ sung và phòng chống suy dinh dưỡng
      653 ## $aDinh dưỡng
      653 ## $aTrẻ em
      700 1# $aĐinh, Xuân Tùng
      700 1# $aMai, Thu Giang`,
  },
  {
    collection: "SACH",
    text: `
      020 ## $a{isbn}(T.1)$c150000đ
      020 ## $z978-604-9999-00-0
      041 0# $avie
      082 04 $a495.9223$223$bT550Đ
      245 00 $aTừ điển giải thích thuật ngữ thư viện Việt - Anh - Pháp.$nT.1,$pA - K /$cB.s.: Ngô Thanh Thảo, Tạ Thị Bích Liên, Trịnh Văn Sơn... [et al.]
      246 31 $aVietnamese - English - French dictionary of library terms
      260 ## $aH. :$bNhà xuất bản Tri Thức Mẫu,$c2011-2013
      300 ## $a2 tập ;$c27cm
      500 ## $aĐTTS ghi: Hội Thư viện Mẫu
      546 ## $aChính văn bằng ba thứ tiếng
      653 ## $aThư viện
      653 ## $aTừ điển giải thích
      700 1# $aNgô, Thanh Thảo$eb.s.
      700 1# $aTạ, Thị Bích Liên$eb.s.
      710 2# $aHội Thư viện Mẫu`,
  },
  {
    collection: "SACH",
    text: `
      020 ## $a{isbn}$c88000đ
      041 0# $avie
      082 04 $a577.698$223$bR556N
      100 1# $aVõ, Thị Bích Châu
      245 10 $aRừng ngập mặn ven biển Nam Bộ :$bsinh thái và phục hồi = Mangroves of southern Vietnam : ecology and restoration /$cVõ Thị Bích Châu, Trương Quốc Đạt
      264 #1 $aCần Thơ :$bNxb. Phù Sa,$c2022
      264 #4 $c©2022
      300 ## $a276 tr. :$bbản đồ, ảnh màu ;$c24 cm
      504 ## $aThư mục: tr. 255-274
      520 ## $aTổng hợp kết quả hai mươi năm nghiên cứu về thành phần loài, chức năng sinh thái và các mô hình phục hồi rừng ngập mặn
      650 #4 $aRừng ngập mặn
      651 #4 $aNam Bộ
      653 ## $aHệ sinh thái
      700 1# $aTrương, Quốc Đạt`,
  },
  {
    collection: "SACH",
    text: `
      041 0# $avie
      082 04 $a340.597$214$bL504T
      110 1# $aViệt Nam (CHXHCN).$bLuật lệ và sắc lệnh
      245 10 $aLuật Thư viện và văn bản hướng dẫn thi hành
      260 ## $aH. :$bNxb. Minh Họa,$c2020
      300 ## $a96tr. ;$c19cm
      500 ## $aĐầu bìa sách ghi: Nước Cộng hòa Xã hội Chủ nghĩa Việt Nam
      520 ## $aGiới thiệu toàn văn Luật Thư viện số 46/2019/QH14 và nghị định quy định chi tiết một số điều
      653 ## $aPháp luật
      653 ## $aLuật Thư viện
      653 ## $aVăn bản pháp luật`,
  },
  {
    collection: "SACH",
    text: `
      020 ## $a{isbn}$c45000đ
      041 1# $avie$hfre
      082 04 $a843.914$223$bN100N
      100 1# $aLerouge, Étienne
      245 10 $aNgôi nhà bên kênh đào :$btiểu thuyết /$cÉtienne Lerouge ; Phan Thị Mai Hương dịch
      260 ## $aHuế :$bNxb. Hương Giang Mẫu,$c2009
      300 ## $a243tr. ;$c21cm
      500 ## $aTên sách nguyên bản: La maison du canal
      653 ## $aVăn học hiện đại
      653 ## $aPháp
      655 #7 $aTiểu thuyết$2Bộ TK TVQG
      700 1# $aPhan, Thị Mai Hương$edịch`,
  },
  {
    collection: "SACH",
    text: `
      020 ## $a{isbn}$c110000đ
      041 0# $avie
      082 04 $a633.18$223$bC121L
      100 1# $aLâm, Hoàng Phúc
      245 10 $aCây lúa Đồng bằng sông Cửu Long thích ứng với biến đổi khí hậu /$cLâm Hoàng Phúc (ch.b.) và nnk
      264 #1 $aCần Thơ :$bNxb. Phù Sa,$c2023
      300 ## $a312 tr. :$bbiểu đồ, ảnh ;$c24 cm
      336 ## $avăn bản$btxt$2rdacontent
      337 ## $akhông qua phương tiện trung gian$bn$2rdamedia
      338 ## $aquyển$bnc$2rdacarrier
      500 ## $aSách chuyên khảo
      520 ## $aPhân tích tác động của ngập lụt, hạn và mặn đến sản xuất lúa; giới thiệu các giống và kỹ thuật canh tác thích ứng
      650 #7 $aCây lúa$2Bộ TK TVQG
      651 #7 $aĐồng bằng sông Cửu Long$2Bộ TK TVQG
      653 ## $aBiến đổi khí hậu`,
  },
  {
    collection: "DIACHI",
    text: `
      034 1# $aa$b100000
      041 0# $avie
      082 04 $a912.59732$223
      110 2# $aSở Tài nguyên và Môi trường tỉnh Minh Họa
      245 10 $aBản đồ hành chính tỉnh Minh Họa /$cSở Tài nguyên và Môi trường tỉnh Minh Họa
      255 ## $aTỷ lệ 1:100 000
      260 ## $aH. :$bNxb. Minh Họa,$c2014
      300 ## $a1 tờ bản đồ :$bin màu ;$c79 x 109 cm
      500 ## $aCó bảng diện tích, dân số theo đơn vị hành chính cấp huyện
      653 ## $aBản đồ hành chính`,
  },
  {
    collection: "SACH",
    text: `
      020 ## $a{isbn}$c32000đ
      041 0# $avie
      082 04 $a510.76$223$bT406C
      100 1# $aBùi, Trọng Nghĩa
      245 10 $aToán cao cấp.$nT.2,$pPhép tính vi phân & tích phân hàm nhiều biến /$cBùi Trọng Nghĩa, Hoàng Đình Lộc
      250 ## $aIn lần thứ 5
      260 ## $aH. :$bNhà xuất bản Tri Thức Mẫu,$c1998
      300 ## $a276tr. ;$c21cm
      500 ## $aSách dùng cho các trường đại học kỹ thuật
      653 ## $aToán cao cấp
      653 ## $aGiáo trình
      700 1# $aHoàng, Đình Lộc`,
  },
  {
    collection: "SACH",
    text: `
      020 ## $a{isbn}$c25000đ
      041 0# $avie$atyz
      082 04 $a398.20959712$223$bT527C
      245 00 $aTruyện cổ Tày =$bTuyển tập song ngữ Tày - Việt /$cNông Thị Liên Mẫu s.t., dịch ; Minh họa: Hà Quang Hiếu
      260 ## $aH. :$bNxb. Minh Họa,$c2007
      300 ## $a96tr. :$btranh vẽ ;$c20cm
      546 ## $aSong ngữ Tày - Việt
      653 ## $aVăn học dân gian
      653 ## $aDân tộc Tày
      655 #7 $aTruyện cổ tích$2Bộ TK TVQG
      700 1# $aNông, Thị Liên Mẫu$es.t.
      700 1# $aHà, Quang Hiếu$eminh họa`,
  },
  {
    collection: "LUANAN",
    text: `
      041 0# $avie
      082 04 $a959.7029$214
      100 1# $aChu, Đình Vịnh
      245 10 $aChế độ ruộng đất ở vùng trung du Bắc Kỳ dưới triều Minh Mệnh :$bLuận án PTS Khoa học Lịch sử: 5.03.15 /$cChu Đình Vịnh
      260 ## $aH.,$c1994
      300 ## $a162tr. :$bbảng ;$c32cm +$e1 tt
      502 ## $aLuận án PTS Khoa học Lịch sử: 5.03.15 / Trường Đại học Minh Họa. - H., 1994
      504 ## $aThư mục: tr. 150-162. - Phụ lục: 18tr.
      520 ## $aKhảo sát địa bạ lập năm Minh Mệnh thứ 21 (1840) của 42 xã, làm rõ cơ cấu sở hữu ruộng đất công và tư
      653 ## $aRuộng đất
      653 ## $aĐịa bạ
      653 ## $aLịch sử cận đại
      700 1# $aPhan, Quốc Toàn$ehướng dẫn`,
  },
  {
    collection: "SACH",
    text: `
      020 ## $a{isbn}$c199000đ
      041 0# $avie
      082 04 $a709.597$223$bM600T
      100 0# $aTạ Thị Bích Liên
      245 10 $aMỹ thuật đình làng châu thổ Bắc Bộ /$cTạ Thị Bích Liên ; Ảnh: Cao Minh Sơn
      264 #1 $aH. :$bNxb. Minh Họa,$c2019
      300 ## $a240 tr. :$bảnh màu, bản vẽ ;$c25 x 25 cm
      490 1# $aDi sản kiến trúc Việt Nam ;$v3
      520 ## $aGiới thiệu nghệ thuật chạm khắc và trang trí của 35 ngôi đình tiêu biểu thế kỷ XVI - XIX
      650 #7 $aMỹ thuật$2Bộ TK TVQG
      650 #7 $aĐình làng$2Bộ TK TVQG
      653 ## $aChạm khắc
      830 #0 $aDi sản kiến trúc Việt Nam ;$v3`,
  },
  {
    collection: "SACH",
    text: `
      041 0# $aeng$avie
      082 04 $a915.97$223
      245 00 $aMinh Hoa province :$ba traveller's guide = Tỉnh Minh Họa : cẩm nang du lịch /$ced. by Hà Quang Hiếu
      260 ## $aDa Nang :$bBien Dong Mau Publishing House,$cc2015
      300 ## $a118 p. :$bcol. ill., maps ;$c18 cm
      546 ## $aText in English and Vietnamese
      651 #4 $aViệt Nam$xHướng dẫn du lịch
      653 ## $aDu lịch
      700 1# $aHà, Quang Hiếu$eed.`,
  },
];
