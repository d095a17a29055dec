type Words = readonly [string, ...string[]];

/** What may be studied: a phrase for titles and the keywords that go with it. */
export interface StudyObject {
  readonly phrase: string;
  readonly keywords: readonly string[];
}

/** Words of one discipline. Any action, object and setting of the same discipline make a plausible title. */
export interface Discipline {
  readonly name: string;
  /** Code of the master's programme in the national list (Thông tư 09/2022/TT-BGDĐT); doctoral ones begin with 9. */
  readonly code: string;
  readonly faculty: string;
  readonly ddc: string;
  readonly actions: Words;
  readonly objects: readonly [StudyObject, ...StudyObject[]];
  readonly settings: Words;
  readonly methods: Words;
  readonly findings: Words;
}

export const FACULTIES: Words = [
  "Khoa Công nghệ thông tin",
  "Khoa Kinh tế và Quản trị",
  "Khoa Sư phạm và Khoa học xã hội",
  "Khoa Nông nghiệp và Môi trường",
  "Khoa Y Dược",
];

function object(phrase: string, ...keywords: readonly string[]): StudyObject {
  return { phrase, keywords };
}

export const DISCIPLINES: readonly [Discipline, ...Discipline[]] = [
  {
    name: "Khoa học máy tính",
    code: "8480101",
    faculty: "Khoa Công nghệ thông tin",
    ddc: "006.3",
    actions: ["Nghiên cứu", "Xây dựng", "Cải tiến", "Đề xuất"],
    objects: [
      object("mô hình nhận dạng thực thể có tên", "Nhận dạng thực thể có tên", "Xử lý ngôn ngữ tự nhiên"),
      object("phương pháp tóm tắt văn bản tự động", "Tóm tắt văn bản", "Học sâu"),
      object("hệ thống gợi ý dựa trên lọc cộng tác", "Hệ gợi ý", "Lọc cộng tác"),
      object("giải thuật phát hiện trùng lặp nội dung", "Phát hiện đạo văn", "Độ tương đồng văn bản"),
      object("mô hình phân tích quan điểm người dùng", "Phân tích quan điểm", "Mạng nơ-ron"),
      object("kỹ thuật truy hồi thông tin theo ngữ nghĩa", "Truy hồi thông tin", "Ontology"),
      object("công cụ sửa lỗi chính tả và phục hồi dấu thanh", "Sửa lỗi chính tả", "Phục hồi dấu"),
    ],
    settings: [
      "cho văn bản tiếng Việt",
      "cho kho tài liệu số của thư viện đại học",
      "trên dữ liệu báo chí điện tử",
      "trong lĩnh vực pháp luật",
      "trong lĩnh vực y tế",
      "cho bình luận trên mạng xã hội",
      "dựa trên mô hình ngôn ngữ huấn luyện trước",
    ],
    methods: [
      "Bộ dữ liệu gồm 24.500 câu do năm cộng tác viên gán nhãn độc lập, hệ số đồng thuận Kappa đạt 0,87.",
      "Kiến trúc đề xuất kết hợp mạng LSTM hai chiều với tầng trường ngẫu nhiên có điều kiện (CRF).",
      "Chúng tôi so sánh năm mô hình cơ sở bằng kiểm chứng chéo 10 phần trên cùng một cấu hình phần cứng.",
      "Các đặc trưng từ vựng, hình thái và ngữ cảnh được trích chọn tự động rồi giảm chiều bằng phân tích thành phần chính.",
    ],
    findings: [
      "Kết quả thực nghiệm cho thấy độ đo F1 đạt 92,4%, cao hơn 3,1 điểm so với mô hình cơ sở tốt nhất.",
      "Thời gian huấn luyện giảm gần một nửa trong khi độ chính xác chỉ thay đổi không đáng kể.",
      "Sai sót chủ yếu rơi vào các câu có từ viết tắt, tiếng lóng hoặc thiếu dấu.",
      "Chương trình thử nghiệm đã được triển khai nội bộ và xử lý trung bình 1.200 văn bản mỗi phút.",
    ],
  },
  {
    name: "Hệ thống thông tin",
    code: "8480104",
    faculty: "Khoa Công nghệ thông tin",
    ddc: "004",
    actions: ["Xây dựng", "Thiết kế", "Phân tích và thiết kế", "Triển khai"],
    objects: [
      object("hệ thống quản lý hồ sơ điện tử", "Hồ sơ điện tử", "Quản lý tài liệu"),
      object("kho dữ liệu hỗ trợ ra quyết định", "Kho dữ liệu", "OLAP"),
      object("cổng thông tin một cửa", "Cổng thông tin", "Dịch vụ công trực tuyến"),
      object("ứng dụng di động tra cứu dịch vụ", "Ứng dụng di động", "Android"),
      object("giải pháp truy xuất nguồn gốc bằng chuỗi khối", "Blockchain", "Truy xuất nguồn gốc"),
      object("hệ thống giám sát dựa trên Internet vạn vật", "IoT", "Cảm biến"),
    ],
    settings: [
      "tại Trường Đại học Minh Họa",
      "cho các trường phổ thông tỉnh Bắc Giang",
      "phục vụ doanh nghiệp nhỏ và vừa",
      "tại Ủy ban nhân dân quận Ninh Kiều",
      "cho hợp tác xã nông nghiệp tỉnh Lâm Đồng",
      "tại bệnh viện đa khoa tuyến tỉnh",
    ],
    methods: [
      "Yêu cầu được thu thập qua phỏng vấn 36 cán bộ và mô hình hóa bằng ngôn ngữ UML.",
      "Hệ thống được xây dựng theo kiến trúc vi dịch vụ, sử dụng PostgreSQL và giao diện lập trình REST.",
      "Quy trình phát triển linh hoạt gồm sáu vòng lặp, mỗi vòng đều có người dùng cuối tham gia đánh giá.",
    ],
    findings: [
      "Sau ba tháng vận hành thử, thời gian xử lý một hồ sơ giảm từ 45 phút xuống còn 12 phút.",
      "Kiểm thử tải cho thấy hệ thống đáp ứng 500 người dùng đồng thời với thời gian phản hồi dưới hai giây.",
      "Có 87% người dùng được hỏi hài lòng với giao diện và chức năng tìm kiếm.",
    ],
  },
  {
    name: "Quản trị kinh doanh",
    code: "8340101",
    faculty: "Khoa Kinh tế và Quản trị",
    ddc: "658",
    actions: ["Hoàn thiện", "Nâng cao hiệu quả", "Phân tích", "Giải pháp đẩy mạnh"],
    objects: [
      object("công tác quản trị nguồn nhân lực", "Quản trị nhân lực", "Đào tạo nhân viên"),
      object("hoạt động marketing số", "Marketing số", "Mạng xã hội"),
      object("công tác chăm sóc khách hàng", "Dịch vụ khách hàng", "Sự hài lòng"),
      object("hoạt động quản trị chuỗi cung ứng", "Chuỗi cung ứng", "Logistics"),
      object("công tác tạo động lực làm việc", "Động lực làm việc", "Người lao động"),
      object("hoạt động phát triển thương hiệu", "Thương hiệu", "Chiến lược kinh doanh"),
    ],
    settings: [
      "tại Công ty cổ phần May Sông Mẫu",
      "tại các khách sạn ba sao thành phố Huế",
      "tại doanh nghiệp chế biến thủy sản tỉnh Cà Mau",
      "của các làng nghề gốm Đồng bằng sông Hồng",
      "tại chuỗi siêu thị Minh Họa Mart",
      "của các doanh nghiệp khởi nghiệp ở thành phố Đà Nẵng",
    ],
    methods: [
      "Dữ liệu sơ cấp được thu thập từ 312 phiếu khảo sát hợp lệ, sử dụng thang đo Likert năm mức độ.",
      "Mô hình được kiểm định bằng phân tích nhân tố khám phá (EFA) và hồi quy tuyến tính bội.",
      "Luận văn kết hợp phỏng vấn sâu mười hai nhà quản lý với phân tích số liệu thứ cấp trong năm năm gần nhất.",
    ],
    findings: [
      "Năm nhân tố đều có ý nghĩa thống kê và giải thích được 63,7% biến thiên của biến phụ thuộc.",
      "Chính sách lương thưởng và cơ hội thăng tiến là hai nhân tố có ảnh hưởng mạnh nhất.",
      "Công tác hoạch định còn bị động, thiếu gắn kết với chiến lược phát triển dài hạn của đơn vị.",
    ],
  },
  {
    name: "Tài chính – Ngân hàng",
    code: "8340201",
    faculty: "Khoa Kinh tế và Quản trị",
    ddc: "332.1",
    actions: ["Phân tích", "Các nhân tố ảnh hưởng đến", "Giải pháp phát triển", "Đánh giá"],
    objects: [
      object("hoạt động cho vay khách hàng cá nhân", "Tín dụng cá nhân", "Ngân hàng thương mại"),
      object("dịch vụ ngân hàng điện tử", "Ngân hàng điện tử", "Thanh toán không dùng tiền mặt"),
      object("hoạt động tín dụng vi mô cho phụ nữ nghèo", "Tài chính vi mô", "Giảm nghèo"),
      object("hoạt động huy động vốn tiền gửi", "Huy động vốn", "Tiền gửi"),
      object("hoạt động kiểm soát rủi ro tín dụng", "Rủi ro tín dụng", "Nợ xấu"),
    ],
    settings: [
      "tại các ngân hàng thương mại cổ phần niêm yết",
      "tại quỹ tín dụng nhân dân tỉnh Thái Bình",
      "trên địa bàn tỉnh Nghệ An",
      "trên địa bàn thành phố Cần Thơ",
      "ở khu vực Đông Nam Bộ",
      "tại các huyện miền núi tỉnh Quảng Nam",
    ],
    methods: [
      "Dữ liệu bảng của 27 tổ chức tín dụng trong mười năm được ước lượng bằng phương pháp GMM hệ thống.",
      "Luận văn sử dụng mô hình hồi quy logit nhị phân với mẫu gồm 420 hộ vay vốn.",
      "Số liệu được tổng hợp từ báo cáo tài chính đã kiểm toán và xử lý bằng phần mềm Stata 16.",
    ],
    findings: [
      "Quy mô vốn chủ sở hữu và tỷ lệ nợ xấu có tác động ngược chiều nhau đến kết quả hoạt động.",
      "Trình độ học vấn, thu nhập và lịch sử tín dụng là những biến có ý nghĩa ở mức 1%.",
      "Dư nợ tăng bình quân 14,2% mỗi năm nhưng cơ cấu kỳ hạn còn mất cân đối.",
    ],
  },
  {
    name: "Khoa học thư viện",
    code: "8320203",
    faculty: "Khoa Sư phạm và Khoa học xã hội",
    ddc: "025",
    actions: ["Phát triển", "Tăng cường", "Nghiên cứu", "Đánh giá"],
    objects: [
      object("nguồn tài nguyên thông tin nội sinh", "Tài liệu nội sinh", "Bộ sưu tập số"),
      object("hoạt động phục vụ bạn đọc khiếm thị", "Bạn đọc khiếm thị", "Dịch vụ thư viện"),
      object("văn hóa đọc cho học sinh tiểu học", "Văn hóa đọc", "Thư viện trường học"),
      object("hoạt động liên thông thư viện", "Liên thông thư viện", "Mượn liên thư viện"),
      object("công tác bảo quản tài liệu Hán Nôm", "Bảo quản tài liệu", "Hán Nôm"),
      object("năng lực thông tin của sinh viên", "Năng lực thông tin", "Sinh viên"),
    ],
    settings: [
      "tại tỉnh Thừa Thiên Huế",
      "trên địa bàn thành phố Đà Nẵng",
      "ở khu vực trung du và miền núi phía Bắc",
      "trong bối cảnh chuyển đổi số",
      "ở vùng Đồng bằng sông Cửu Long",
    ],
    methods: [
      "Đề tài khảo sát 450 người dùng tin và phỏng vấn 22 cán bộ thư viện ở tám đơn vị.",
      "Phương pháp phân tích nội dung được áp dụng cho 96 văn bản quản lý ban hành từ năm 2007 đến nay.",
      "Số liệu thống kê lượt mượn, lượt truy cập trong năm năm được đối chiếu với kết quả bảng hỏi.",
    ],
    findings: [
      "Chỉ 38% tài liệu nội sinh đã được số hóa và có siêu dữ liệu theo chuẩn Dublin Core.",
      "Rào cản lớn nhất là thiếu quy định về bản quyền và thiếu nhân lực biên mục.",
      "Người dùng tin đánh giá cao thái độ phục vụ nhưng chưa hài lòng với công cụ tra cứu.",
    ],
  },
  {
    name: "Giáo dục học",
    code: "8140101",
    faculty: "Khoa Sư phạm và Khoa học xã hội",
    ddc: "370",
    actions: ["Phát triển", "Quản lý", "Thực trạng và biện pháp nâng cao", "Đánh giá"],
    objects: [
      object("hoạt động trải nghiệm cho học sinh trung học cơ sở", "Hoạt động trải nghiệm", "Trung học cơ sở"),
      object("năng lực tự học của học sinh", "Năng lực tự học", "Học sinh"),
      object("hoạt động giáo dục kỹ năng sống", "Kỹ năng sống", "Giáo dục phổ thông"),
      object("chất lượng dạy học trực tuyến", "Dạy học trực tuyến", "E-learning"),
      object("hoạt động bồi dưỡng giáo viên tiểu học", "Bồi dưỡng giáo viên", "Giáo dục tiểu học"),
      object("hoạt động giáo dục STEM", "Giáo dục STEM", "Dạy học tích hợp"),
    ],
    settings: [
      "ở các trường vùng dân tộc thiểu số tỉnh Sơn La",
      "tại huyện Củ Chi, Thành phố Hồ Chí Minh",
      "theo Chương trình giáo dục phổ thông 2018",
      "trên địa bàn tỉnh Đồng Tháp",
      "tại các trường ngoài công lập ở Hà Nội",
    ],
    methods: [
      "Thực nghiệm sư phạm được tiến hành ở bốn lớp với 168 học sinh trong một học kỳ.",
      "Mẫu khảo sát gồm 54 cán bộ quản lý và 286 giáo viên, độ tin cậy Cronbach’s Alpha đạt 0,91.",
      "Phương pháp quan sát, phỏng vấn và nghiên cứu sản phẩm hoạt động được sử dụng phối hợp.",
    ],
    findings: [
      "Điểm trung bình của lớp thực nghiệm cao hơn lớp đối chứng 0,84 điểm, khác biệt có ý nghĩa thống kê.",
      "Nhận thức của giáo viên ở mức khá nhưng kỹ năng tổ chức còn hạn chế.",
      "Cơ sở vật chất và thời lượng chương trình là hai khó khăn được nhắc đến nhiều nhất.",
    ],
  },
  {
    name: "Văn hóa học",
    code: "8229040",
    faculty: "Khoa Sư phạm và Khoa học xã hội",
    ddc: "306",
    actions: ["Bảo tồn và phát huy", "Nghiên cứu", "Tìm hiểu", "Biến đổi của"],
    objects: [
      object("lễ hội cổ truyền", "Lễ hội", "Di sản văn hóa phi vật thể"),
      object("nghề dệt thổ cẩm", "Nghề thủ công", "Thổ cẩm"),
      object("dân ca và hát ru", "Dân ca", "Hát ru"),
      object("tín ngưỡng thờ cúng tổ tiên", "Tín ngưỡng", "Thờ cúng tổ tiên"),
      object("kiến trúc nhà ở truyền thống", "Nhà ở truyền thống", "Kiến trúc dân gian"),
      object("tri thức bản địa về cây thuốc", "Tri thức bản địa", "Cây thuốc"),
    ],
    settings: [
      "của người Tày ở tỉnh Cao Bằng",
      "của người Chăm ở tỉnh Ninh Thuận",
      "của người Hrê ở tỉnh Quảng Ngãi",
      "của người Mường ở tỉnh Hòa Bình",
      "của người Khmer tỉnh Sóc Trăng",
      "của người Ê Đê ở tỉnh Đắk Lắk",
    ],
    methods: [
      "Tác giả thực hiện bốn đợt điền dã dân tộc học, phỏng vấn sâu 47 nghệ nhân và người cao tuổi.",
      "Tư liệu điền dã được đối chiếu với hương ước, gia phả và các công trình đã công bố.",
      "Luận văn vận dụng lý thuyết biến đổi văn hóa và tiếp cận liên ngành.",
    ],
    findings: [
      "Không gian thực hành bị thu hẹp nhưng chức năng cố kết cộng đồng vẫn được duy trì.",
      "Lớp trẻ tham gia ngày càng ít, nhiều bài bản chỉ còn được lưu giữ trong trí nhớ của người già.",
      "Du lịch mang lại nguồn thu đồng thời cũng làm giản lược các nghi thức.",
    ],
  },
  {
    name: "Khoa học cây trồng",
    code: "8620110",
    faculty: "Khoa Nông nghiệp và Môi trường",
    ddc: "633",
    actions: ["Nghiên cứu", "Đánh giá", "Khảo nghiệm", "Tuyển chọn và đánh giá"],
    objects: [
      object("khả năng chịu mặn của một số giống lúa", "Lúa", "Chịu mặn"),
      object("sinh trưởng và năng suất của giống ngô lai", "Ngô lai", "Năng suất"),
      object("hiệu quả phân bón hữu cơ vi sinh đối với cây dưa hấu", "Dưa hấu", "Phân hữu cơ vi sinh"),
      object("mật độ trồng thích hợp cho cây đậu tương", "Đậu tương", "Mật độ trồng"),
      object("khả năng kháng bệnh đạo ôn của tập đoàn giống lúa", "Lúa", "Bệnh đạo ôn"),
      object("hiệu lực của phân lân đối với cây lạc", "Lạc", "Phân lân"),
    ],
    settings: [
      "trong vụ Xuân tại tỉnh Thanh Hóa",
      "trong vụ Hè Thu tại tỉnh Bến Tre",
      "trên đất phù sa cổ tỉnh Vĩnh Phúc",
      "tại tỉnh Quảng Nam",
      "trong điều kiện nhà lưới",
      "tại tỉnh Hậu Giang",
    ],
    methods: [
      "Thí nghiệm được bố trí theo khối ngẫu nhiên đầy đủ (RCBD) với ba lần nhắc lại.",
      "Các chỉ tiêu sinh trưởng được theo dõi bảy ngày một lần theo quy chuẩn khảo nghiệm quốc gia.",
      "Số liệu được phân tích phương sai bằng phần mềm IRRISTAT 5.0 ở mức ý nghĩa 5%.",
    ],
    findings: [
      "Năng suất thực thu cao nhất đạt 68,4 tạ/ha, vượt đối chứng 12,6%.",
      "Công thức bón 2 tấn/ha cho lãi thuần cao hơn 9,8 triệu đồng so với tập quán của nông dân.",
      "Hai giống triển vọng được đề nghị đưa vào sản xuất thử ở quy mô lớn hơn.",
    ],
  },
  {
    name: "Khoa học môi trường",
    code: "8440301",
    faculty: "Khoa Nông nghiệp và Môi trường",
    ddc: "363.7",
    actions: ["Đánh giá", "Nghiên cứu", "Quan trắc và mô phỏng", "Phân tích"],
    objects: [
      object("chất lượng nước mặt", "Chất lượng nước", "Nước mặt"),
      object("mức độ xâm nhập mặn", "Xâm nhập mặn", "Biến đổi khí hậu"),
      object("hàm lượng kim loại nặng trong trầm tích", "Kim loại nặng", "Trầm tích"),
      object("hiện trạng rác thải nhựa", "Rác thải nhựa", "Vi nhựa"),
      object("nồng độ bụi mịn PM2.5", "Bụi mịn", "Chất lượng không khí"),
      object("khả năng hấp thụ các-bon của rừng ngập mặn", "Rừng ngập mặn", "Các-bon"),
    ],
    settings: [
      "ở hạ lưu sông Vàm Cỏ",
      "khu vực cửa sông Ba Lạt",
      "tại huyện Cần Giờ, Thành phố Hồ Chí Minh",
      "vùng ven biển tỉnh Trà Vinh",
      "vùng cửa sông Bạch Đằng",
      "ở đầm phá Tam Giang – Cầu Hai",
    ],
    methods: [
      "Mẫu được lấy tại 18 vị trí trong hai mùa và phân tích theo các tiêu chuẩn quốc gia hiện hành.",
      "Ảnh vệ tinh Sentinel-2 được xử lý trên nền tảng Google Earth Engine và kiểm chứng thực địa.",
      "Mô hình MIKE 11 được hiệu chỉnh và kiểm định với chuỗi số liệu thủy văn mười lăm năm.",
    ],
    findings: [
      "Chỉ số chất lượng nước (WQI) dao động từ 42 đến 78, giảm rõ rệt về phía hạ lưu vào mùa khô.",
      "Các thông số amoni & coliform vượt giới hạn cột B1 từ 1,4 đến 3,2 lần.",
      "Theo kịch bản phát thải cao, ranh giới mặn 4‰ lấn sâu thêm 8–12 km vào năm 2050.",
    ],
  },
  {
    name: "Y tế công cộng",
    code: "8720701",
    faculty: "Khoa Y Dược",
    ddc: "614",
    actions: ["Thực trạng", "Khảo sát", "Nghiên cứu", "Đánh giá"],
    objects: [
      object("kiến thức và thực hành phòng bệnh sốt xuất huyết", "Sốt xuất huyết", "Kiến thức, thái độ, thực hành"),
      object("tuân thủ điều trị ở người bệnh tăng huyết áp", "Tăng huyết áp", "Tuân thủ điều trị"),
      object("tình trạng dinh dưỡng của trẻ dưới năm tuổi", "Suy dinh dưỡng", "Trẻ em"),
      object("tình trạng kháng kháng sinh trong cộng đồng", "Kháng kháng sinh", "Vi khuẩn"),
      object("chất lượng cuộc sống của người bệnh đái tháo đường típ 2", "Đái tháo đường", "Chất lượng cuộc sống"),
      object("stress nghề nghiệp của điều dưỡng", "Stress", "Điều dưỡng"),
    ],
    settings: [
      "tại huyện Đức Thọ, tỉnh Hà Tĩnh",
      "tại một số bệnh viện tỉnh Khánh Hòa",
      "tại các xã vùng lũ tỉnh An Giang",
      "tại thành phố Buôn Ma Thuột",
      "tại các xã đặc biệt khó khăn tỉnh Hà Giang",
    ],
    methods: [
      "Nghiên cứu mô tả cắt ngang được thực hiện trên 384 đối tượng chọn mẫu ngẫu nhiên nhiều giai đoạn.",
      "Số liệu được nhập bằng EpiData 3.1 và phân tích bằng hồi quy logistic đa biến.",
      "Bộ câu hỏi đã được chuẩn hóa và thử nghiệm trên 30 người trước khi điều tra chính thức.",
    ],
    findings: [
      "Tỷ lệ thực hành đạt là 57,3%, thấp hơn đáng kể so với tỷ lệ có kiến thức đúng (71,9%).",
      "Tuổi, trình độ học vấn và khoảng cách đến trạm y tế có liên quan với p < 0,05.",
      "Truyền thông trực tiếp tại hộ gia đình làm tăng gấp đôi khả năng thực hành đúng (OR = 2,08).",
    ],
  },
];

/** The discipline of that name; the sample data names only those above. */
export function disciplineNamed(name: string): Discipline {
  return DISCIPLINES.find((discipline) => discipline.name === name) ?? DISCIPLINES[0];
}
