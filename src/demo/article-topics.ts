import type { Article, Bilingual } from "./article.ts";

type Phrases = readonly [Bilingual, ...Bilingual[]];

/** A field of research with phrases that fit together in Vietnamese and in English alike. */
export interface Field {
  readonly journal: Article["journal"];
  readonly subject: Bilingual;
  readonly objects: Phrases;
  readonly settings: Phrases;
  readonly methods: Phrases;
  readonly results: Phrases;
}

function both(vi: string, en: string): Bilingual {
  return { vi, en };
}

export const APPROACHES: Phrases = [
  both("Đánh giá", "An assessment of"),
  both("Nghiên cứu", "A study of"),
  both("Phân tích", "An analysis of"),
  both("Một số kết quả nghiên cứu bước đầu về", "Preliminary results on"),
];

export const FIELDS: readonly [Field, ...Field[]] = [
  {
    journal: "tckh",
    subject: both("Kỹ thuật môi trường", "Environmental engineering"),
    objects: [
      both(
        "hiệu quả xử lý nước thải chăn nuôi bằng thực vật thủy sinh",
        "livestock wastewater treatment with aquatic plants",
      ),
      both("khả năng hấp phụ asen của than sinh học từ vỏ trấu", "arsenic adsorption by rice-husk biochar"),
      both("sự phân bố vi nhựa trong trầm tích", "the distribution of microplastics in sediments"),
      both("thành phần bụi mịn trong không khí", "the composition of fine particulate matter in ambient air"),
    ],
    settings: [
      both("tại huyện Gia Lâm, Hà Nội", "in Gia Lam district, Hanoi"),
      both("ở tỉnh An Giang", "in An Giang province"),
      both("vùng cửa sông Hậu", "in the Hau River estuary"),
    ],
    methods: [
      both(
        "Các mẫu được thu thập trong hai mùa và phân tích theo tiêu chuẩn hiện hành.",
        "Samples were collected in two seasons and analysed by standard methods.",
      ),
      both(
        "Thí nghiệm được lặp lại ba lần trong điều kiện phòng thí nghiệm.",
        "The experiments were replicated three times under laboratory conditions.",
      ),
    ],
    results: [
      both("Hiệu suất cao nhất đạt 91,2% sau 72 giờ.", "The highest efficiency, 91.2%, was reached after 72 hours."),
      both(
        "Giá trị đo được thay đổi rõ rệt theo mùa (p < 0,05).",
        "The measured values vary significantly between seasons (p < 0.05).",
      ),
    ],
  },
  {
    journal: "tckh",
    subject: both("Công nghệ thực phẩm", "Food technology"),
    objects: [
      both("hoạt tính chống oxy hóa của cao chiết lá sen", "the antioxidant activity of lotus leaf extracts"),
      both("quy trình sấy lạnh xoài cắt lát", "freeze-drying of sliced mango"),
      both("quá trình lên men nước mắm ngắn ngày", "accelerated fish sauce fermentation"),
      both("chất lượng cảm quan của trà túi lọc gừng – nghệ", "the sensory quality of ginger and turmeric tea bags"),
    ],
    settings: [
      both("ở quy mô phòng thí nghiệm", "at laboratory scale"),
      both("tại tỉnh Đồng Tháp", "in Dong Thap province"),
      both("bằng phương pháp bề mặt đáp ứng", "by response surface methodology"),
    ],
    methods: [
      both(
        "Thiết kế Box–Behnken với ba yếu tố được sử dụng để tối ưu hóa.",
        "A three-factor Box–Behnken design was used for optimisation.",
      ),
      both(
        "Hàm lượng polyphenol tổng được xác định bằng thuốc thử Folin–Ciocalteu.",
        "Total polyphenols were determined with the Folin–Ciocalteu reagent.",
      ),
    ],
    results: [
      both(
        "Điều kiện thích hợp là 55 °C trong 8 giờ với tỷ lệ dung môi 1:20 (g/mL).",
        "Suitable conditions are 55 °C for 8 hours at a ratio of 1:20 (g/mL).",
      ),
      both(
        "Sản phẩm đạt 17,8/20 điểm theo tiêu chuẩn cảm quan.",
        "The product scored 17.8 of 20 points in the sensory evaluation.",
      ),
    ],
  },
  {
    journal: "tckh",
    subject: both("Công nghệ thông tin", "Information technology"),
    objects: [
      both("các mô hình học sâu dự báo phụ tải điện ngắn hạn", "deep learning models for short-term load forecasting"),
      both("phương pháp phát hiện mã độc trên thiết bị Android", "malware detection on Android devices"),
      both("thuật toán định tuyến trong mạng cảm biến không dây", "routing algorithms in wireless sensor networks"),
      both("kỹ thuật phân đoạn ảnh y tế", "medical image segmentation techniques"),
    ],
    settings: [
      both("trên dữ liệu thu thập tại Việt Nam", "on data collected in Vietnam"),
      both("với tài nguyên tính toán hạn chế", "with limited computing resources"),
      both("dựa trên cơ chế chú ý", "based on attention mechanisms"),
    ],
    methods: [
      both(
        "Các thực nghiệm được tiến hành trên hai bộ dữ liệu công khai và một bộ dữ liệu tự xây dựng.",
        "Experiments were run on two public data sets and one of our own.",
      ),
      both(
        "Phương pháp đề xuất được so sánh với bốn phương pháp đã công bố.",
        "The proposed method is compared with four published ones.",
      ),
    ],
    results: [
      both(
        "Sai số trung bình giảm 12,5% so với phương pháp cơ sở.",
        "The mean error is 12.5% lower than the baseline.",
      ),
      both("Thời gian xử lý đáp ứng yêu cầu thời gian thực.", "The processing time meets real-time requirements."),
    ],
  },
  {
    journal: "xhnv",
    subject: both("Thông tin – Thư viện", "Library and information science"),
    objects: [
      both("mức độ sẵn sàng chuyển đổi số của thư viện công cộng", "the digital readiness of public libraries"),
      both("việc áp dụng chuẩn mô tả RDA", "the adoption of RDA"),
      both(
        "hành vi tìm kiếm thông tin của học viên cao học",
        "the information-seeking behaviour of postgraduate students",
      ),
      both("chất lượng siêu dữ liệu trong các kho tài liệu số", "metadata quality in digital repositories"),
    ],
    settings: [
      both("ở khu vực Tây Nguyên", "in the Central Highlands"),
      both("tại các trường đại học khối kỹ thuật", "at technical universities"),
      both("giai đoạn 2015–2022", "from 2015 to 2022"),
    ],
    methods: [
      both(
        "Bài viết sử dụng bảng hỏi với 318 người trả lời và phỏng vấn bán cấu trúc.",
        "The paper uses a questionnaire with 318 respondents and semi-structured interviews.",
      ),
      both(
        "Nghiên cứu rà soát 12.400 biểu ghi theo bảy tiêu chí chất lượng.",
        "The study reviews 12,400 records against seven quality criteria.",
      ),
    ],
    results: [
      both("Nhân lực và kinh phí là hai trở ngại chính.", "Staff and funding are the two main obstacles."),
      both(
        "Mức độ đầy đủ của các trường bắt buộc đạt 83% nhưng tính nhất quán còn thấp.",
        "Mandatory fields are 83% complete, but consistency remains low.",
      ),
    ],
  },
  {
    journal: "xhnv",
    subject: both("Giáo dục", "Education"),
    objects: [
      both("động lực học tiếng Anh của sinh viên không chuyên", "motivation to learn English among non-English majors"),
      both("kỹ năng chuyển đổi số của giáo viên phổ thông", "the digital skills of school teachers"),
      both(
        "trải nghiệm học tập kết hợp của sinh viên năm thứ nhất",
        "the blended-learning experience of first-year students",
      ),
      both("áp lực nghề nghiệp của giáo viên mầm non", "occupational pressure on preschool teachers"),
    ],
    settings: [
      both("tại Đồng bằng sông Cửu Long", "in the Mekong Delta"),
      both("sau đại dịch COVID-19", "after the COVID-19 pandemic"),
      both("ở các tỉnh miền núi phía Bắc", "in the northern mountainous provinces"),
    ],
    methods: [
      both(
        "Dữ liệu từ 276 phiếu hỏi được xử lý bằng phần mềm SPSS 25.",
        "Data from 276 questionnaires were processed with SPSS 25.",
      ),
      both(
        "Nghiên cứu áp dụng thiết kế hỗn hợp giải thích tuần tự.",
        "The study follows an explanatory sequential mixed-methods design.",
      ),
    ],
    results: [
      both("Có sự khác biệt đáng kể giữa hai nhóm theo thâm niên.", "The groups differ considerably by seniority."),
      both(
        "Sự hỗ trợ của đồng nghiệp có vai trò quan trọng hơn điều kiện vật chất.",
        "Support from colleagues matters more than material conditions.",
      ),
    ],
  },
  {
    journal: "xhnv",
    subject: both("Lịch sử – Văn hóa", "History and culture"),
    objects: [
      both("hương ước cải lương", "reformed village conventions"),
      both("mạng lưới chợ và buôn bán nội địa", "local markets and inland trade"),
      both("hoạt động in khắc kinh sách của các ngôi chùa", "the woodblock printing of Buddhist monasteries"),
      both("không gian thiêng trong kiến trúc đình làng", "sacred space in the architecture of communal houses"),
    ],
    settings: [
      both("ở Bắc Kỳ đầu thế kỷ XX", "in Tonkin in the early twentieth century"),
      both("ở vùng Thuận Quảng thế kỷ XVIII", "in the Thuan Quang region in the eighteenth century"),
      both("ở xứ Kinh Bắc xưa", "in the old Kinh Bac region"),
    ],
    methods: [
      both(
        "Tác giả khai thác 64 văn bia và tài liệu lưu trữ chưa công bố.",
        "The author draws on 64 inscriptions and unpublished archival documents.",
      ),
      both(
        "Phương pháp lịch sử được kết hợp với khảo sát thực địa tại mười hai làng.",
        "Historical method is combined with field work in twelve villages.",
      ),
    ],
    results: [
      both(
        "Kết quả cho thấy làng xã giữ quyền tự chủ đáng kể trước chính sách của nhà nước.",
        "Villages are shown to have kept considerable autonomy towards the state.",
      ),
      both(
        "Những tư liệu này bổ sung hiểu biết về đời sống kinh tế địa phương.",
        "The sources add to what is known of local economic life.",
      ),
    ],
  },
];
