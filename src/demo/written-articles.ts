import type { Article } from "./article.ts";

/** Articles written by hand for the demonstration; persons and findings are invented. */
export const WRITTEN_ARTICLES: readonly Article[] = [
  {
    journal: "tckh",
    section: "ART",
    title: {
      vi: "Nhận dạng chữ Nôm khắc in trên mộc bản bằng mạng nơ-ron tích chập",
      en: "Recognition of woodblock-printed Nôm characters with convolutional neural networks",
    },
    authors: ["Nguyễn Thị Minh Hằng", "Trần Văn Bình"],
    abstract: {
      vi: "Bài báo giới thiệu một quy trình nhận dạng chữ Nôm từ ảnh bản in mộc bản, gồm khử nhiễu, tách chữ và phân lớp bằng mạng tích chập mười hai tầng. Độ chính xác đạt 94,1% trên 2.140 lớp chữ. Các lỗi chủ yếu do những chữ chỉ khác nhau ở bộ thủ.",
      en: "We present a pipeline for reading Nôm characters from images of woodblock prints: denoising, segmentation and a twelve-layer convolutional network. The accuracy is 94.1% on 2,140 classes; most errors are due to characters that differ only in the radical.",
    },
    keywords: [
      { vi: "chữ Nôm", en: "Nôm script" },
      { vi: "mạng nơ-ron tích chập", en: "convolutional neural network" },
    ],
    year: 2020,
    issue: 2,
  },
  {
    journal: "tckh",
    section: "ART",
    title: {
      vi: "Sự tích lũy vi nhựa trong nghêu Bến Tre (Meretrix lyrata) nuôi tại vùng cửa sông Tiền",
      en: "Microplastic accumulation in hard clams (Meretrix lyrata) farmed in the Tien River estuary",
    },
    authors: ["Võ Thị Bích Châu", "Tôn Thất Quang Khải", "Lê Hữu Toàn"],
    abstract: {
      vi: "Một trăm hai mươi cá thể nghêu được thu ở bốn bãi nuôi. Mật độ vi nhựa trung bình là 2,7 ± 0,9 hạt/g mô ướt, trong đó dạng sợi chiếm 81%. Không có mối tương quan giữa kích thước vỏ và số hạt. Kết quả là cơ sở cho việc giám sát an toàn thực phẩm thủy sản.",
      en: "One hundred and twenty clams were sampled on four farms. They contain 2.7 ± 0.9 particles per gram of wet tissue, 81% of them fibres. Shell size and particle number are not correlated. The results may serve the monitoring of seafood safety.",
    },
    keywords: [
      { vi: "vi nhựa", en: "microplastics" },
      { vi: "nghêu", en: "hard clam" },
      { vi: "cửa sông", en: "estuary" },
    ],
    year: 2023,
    issue: 1,
  },
  {
    journal: "tckh",
    section: "ART",
    title: {
      vi: "Tối ưu hóa quá trình chiết rutin từ nụ hòe (Styphnolobium japonicum) có hỗ trợ siêu âm",
      en: "Optimisation of ultrasound-assisted extraction of rutin from Styphnolobium japonicum buds",
    },
    authors: ["Đặng Thùy Dung", "Phạm Quốc Hùng"],
    abstract: {
      vi: "Ảnh hưởng của nồng độ ethanol, nhiệt độ và thời gian siêu âm đến hàm lượng rutin được khảo sát bằng phương pháp bề mặt đáp ứng. Điều kiện tối ưu: ethanol 68%, 54 °C, 32 phút; hàm lượng rutin thực nghiệm đạt 196,4 mg/g, sai khác 1,8% so với mô hình (R² = 0,973).",
      en: "The effect of ethanol concentration, temperature and sonication time on the yield of rutin was studied by response surface methodology. At 68% ethanol, 54 °C and 32 min the yield is 196.4 mg/g, 1.8% off the model (R² = 0.973).",
    },
    keywords: [
      { vi: "nụ hòe", en: "Sophora buds" },
      { vi: "rutin", en: "rutin" },
      { vi: "chiết siêu âm", en: "ultrasound-assisted extraction" },
    ],
    year: 2018,
    issue: 3,
  },
  {
    journal: "tckh",
    section: "ART",
    title: {
      vi: "Thiết kế bộ điều khiển mờ thích nghi cho hệ con lắc ngược quay",
      en: "Design of an adaptive fuzzy controller for the rotary inverted pendulum",
    },
    authors: ["Bùi Trọng Nghĩa", "Hoàng Đình Lộc"],
    abstract: {
      vi: "Bài báo đề xuất bộ điều khiển mờ thích nghi với luật cập nhật suy ra từ lý thuyết ổn định Lyapunov. Kết quả mô phỏng trên MATLAB/Simulink & thực nghiệm cho thấy thời gian xác lập < 1,6 s, độ vọt lố nhỏ hơn 4% ngay cả khi khối lượng tải thay đổi 30%.",
      en: "An adaptive fuzzy controller is proposed whose update law follows from Lyapunov stability theory. Simulation in MATLAB/Simulink & experiments give a settling time < 1.6 s and an overshoot below 4%, even when the load changes by 30%.",
    },
    keywords: [
      { vi: "điều khiển mờ", en: "fuzzy control" },
      { vi: "con lắc ngược", en: "inverted pendulum" },
    ],
    year: 2016,
    issue: 4,
  },
  {
    journal: "tckh",
    section: "ART",
    title: {
      vi: "Khả năng chịu lực của dầm bê tông cốt thanh sợi thủy tinh sử dụng cát biển đã rửa mặn",
      en: "Flexural capacity of GFRP-reinforced concrete beams made with washed sea sand",
    },
    authors: ["Trịnh Bá Thành", "Ngô Duy Phong", "Cao Minh Sơn", "Vũ Đức Hải"],
    abstract: {
      vi: "Mười hai dầm kích thước 150 × 250 × 2200 mm được thí nghiệm uốn bốn điểm. Dầm dùng cát biển đã rửa mặn có khả năng chịu lực tương đương dầm dùng cát sông, chênh lệch không quá 5%. Bề rộng vết nứt là yếu tố quyết định trạng thái sử dụng.",
      en: "Twelve beams of 150 × 250 × 2200 mm were tested in four-point bending. Beams with washed sea sand carry the same load as those with river sand within 5%. Crack width governs serviceability.",
    },
    keywords: [
      { vi: "cát biển", en: "sea sand" },
      { vi: "cốt sợi thủy tinh", en: "glass fibre reinforcement" },
    ],
    year: 2022,
    issue: 2,
  },
  {
    journal: "tckh",
    section: "REV",
    title: {
      vi: "Tổng quan về vật liệu khung hữu cơ – kim loại ứng dụng trong hấp phụ CO₂",
      en: "Metal–organic frameworks for CO₂ adsorption: a review",
    },
    authors: ["Lý Anh Khoa"],
    abstract: {
      vi: "Bài tổng quan phân tích 148 công trình công bố trong giai đoạn 2010–2021 về vật liệu khung hữu cơ – kim loại. Các yếu tố quyết định dung lượng hấp phụ gồm diện tích bề mặt riêng, tâm kim loại hở và nhóm chức amin. Thách thức chính là độ bền trong môi trường ẩm và giá thành tổng hợp.",
      en: "This review covers 148 papers published between 2010 and 2021. Surface area, open metal sites and amine groups decide the uptake; stability in humid conditions and the cost of synthesis remain the main challenges.",
    },
    keywords: [
      { vi: "khung hữu cơ – kim loại", en: "metal–organic frameworks" },
      { vi: "hấp phụ CO₂", en: "CO₂ adsorption" },
    ],
    year: 2021,
    issue: 4,
  },
  {
    journal: "tckh",
    section: "ART",
    title: {
      vi: "Đặc điểm nông sinh học của các dòng lúa mang gen Sub1 trong điều kiện ngập hoàn toàn",
      en: "Agronomic characters of rice lines carrying Sub1 under complete submergence",
    },
    authors: ["Lâm Hoàng Phúc", "Quách Minh Tuấn"],
    abstract: {
      vi: "Mười lăm dòng lúa BC4F3 mang gen Sub1 được đánh giá trong bể ngập nhân tạo 14 ngày. Sáu dòng có tỷ lệ sống sót trên 80% và hồi phục nhanh sau khi rút nước. Chiều dài lóng thứ nhất tương quan nghịch với khả năng sống sót (r = –0,78).",
      en: "Fifteen BC4F3 lines carrying Sub1 were submerged for 14 days. Six of them survive at more than 80% and recover quickly. The length of the first internode correlates negatively with survival (r = –0.78).",
    },
    keywords: [
      { vi: "lúa", en: "rice" },
      { vi: "gen Sub1", en: "Sub1 gene" },
      { vi: "chịu ngập", en: "submergence tolerance" },
    ],
    year: 2019,
    issue: 1,
  },
  {
    journal: "tckh",
    section: "ART",
    title: {
      vi: "Phát hiện lũ quét sớm bằng mạng cảm biến LoRa chi phí thấp tại huyện Mù Cang Chải",
      en: "Low-cost LoRa sensor network for early detection of flash floods in Mu Cang Chai",
    },
    authors: ["Giàng Thị Mỷ", "Đoàn Xuân Lâm", "Hà Quang Hiếu"],
    abstract: {
      vi: "Nhóm tác giả triển khai mười sáu nút cảm biến mưa và mực nước truyền dữ liệu qua LoRa trên địa hình núi. Hệ thống cảnh báo sớm hơn 35 phút so với thông báo của người dân trong trận lũ tháng 8 năm 2023. Chi phí mỗi nút dưới 1,5 triệu đồng.",
      en: "Sixteen rain and water-level nodes were deployed in mountainous terrain. In the flood of August 2023 the system warned 35 minutes earlier than the inhabitants. A node costs less than 1.5 million dong.",
    },
    keywords: [
      { vi: "lũ quét", en: "flash flood" },
      { vi: "LoRa", en: "LoRa" },
    ],
    year: 2024,
    issue: 3,
  },
  {
    journal: "xhnv",
    section: "ART",
    title: {
      vi: "Liên thông thư viện ở Việt Nam: khung pháp lý và điều kiện kỹ thuật",
      en: "Library interlinking in Vietnam: legal framework and technical conditions",
    },
    authors: ["Trịnh Văn Sơn", "Hồ Thị Diệu Linh"],
    abstract: {
      vi: "Bài viết phân tích các quy định về liên thông thư viện trong Luật Thư viện năm 2019 và văn bản hướng dẫn, đồng thời khảo sát điều kiện kỹ thuật tại 58 thư viện. Chỉ mười chín thư viện có cổng OAI-PMH hoạt động ổn định, trong đó sáu cổng có biểu ghi bị lỗi phông chữ. Tác giả đề xuất lộ trình ba bước để hình thành mục lục liên hợp quốc gia.",
      en: "The paper analyses the provisions on interlinking in the Library Law of 2019 and surveys the technical conditions in 58 libraries. Only nineteen run a stable OAI-PMH interface, and six of these deliver records with broken encodings. Three steps towards a national union catalogue are proposed.",
    },
    keywords: [
      { vi: "liên thông thư viện", en: "library interlinking" },
      { vi: "Luật Thư viện", en: "Library Law" },
      { vi: "OAI-PMH", en: "OAI-PMH" },
    ],
    year: 2022,
    issue: 1,
  },
  {
    journal: "xhnv",
    section: "ART",
    title: {
      vi: "Mộc bản chùa Vĩnh Nghiêm và việc lưu truyền thư tịch Phật giáo thời Nguyễn",
      en: "The woodblocks of Vĩnh Nghiêm pagoda and the transmission of Buddhist books under the Nguyễn dynasty",
    },
    authors: ["Thích Thanh Uyên", "Tạ Thị Bích Liên"],
    abstract: {
      vi: "Qua khảo sát ván khắc và bản in còn lưu, bài viết xác định niên đại khắc in của 21 bộ kinh, phần lớn thuộc các năm Minh Mệnh, Thiệu Trị và Tự Đức. Lời tựa và danh sách công đức cho thấy mạng lưới bảo trợ vượt ra ngoài phạm vi xứ Kinh Bắc.",
      en: "From surviving blocks and prints the paper dates 21 works, most of them from the reigns of Minh Mệnh, Thiệu Trị and Tự Đức. Prefaces and lists of donors show that patronage reached beyond the Kinh Bắc region.",
    },
    keywords: [
      { vi: "mộc bản", en: "woodblocks" },
      { vi: "Phật giáo", en: "Buddhism" },
      { vi: "triều Nguyễn", en: "Nguyễn dynasty" },
    ],
    year: 2017,
    issue: 2,
  },
  {
    journal: "xhnv",
    section: "ART",
    title: {
      vi: "Biến đổi sinh kế của cư dân đầm phá Tam Giang sau tái định cư",
      en: "Livelihood change among the inhabitants of Tam Giang lagoon after resettlement",
    },
    authors: ["Phan Thị Mai Hương", "Dương Hữu Đạt"],
    abstract: {
      vi: "Dựa trên phỏng vấn 146 hộ gia đình tại ba khu tái định cư, nghiên cứu cho thấy thu nhập từ khai thác thủy sản giảm 40% sau mười năm, được bù đắp một phần bởi tiền gửi của con em đi làm xa. Phụ nữ gặp nhiều khó khăn hơn trong tiếp cận việc làm phi nông nghiệp.",
      en: "Interviews with 146 households in three settlements show that income from fishing fell by 40% in ten years and was only partly replaced by remittances. Women find it harder to reach non-agricultural work.",
    },
    keywords: [
      { vi: "sinh kế", en: "livelihood" },
      { vi: "tái định cư", en: "resettlement" },
      { vi: "đầm phá Tam Giang", en: "Tam Giang lagoon" },
    ],
    year: 2019,
    issue: 4,
  },
  {
    journal: "xhnv",
    section: "ART",
    title: {
      vi: "Đánh giá mức độ thân thiện của trang web thư viện đại học đối với người khiếm thị",
      en: "How accessible are university library websites to visually impaired users?",
    },
    authors: ["Đỗ Thị Ngọc Lan"],
    abstract: {
      vi: "Bốn mươi trang web thư viện được kiểm tra theo hướng dẫn WCAG 2.1 bằng công cụ tự động và bởi sáu người dùng khiếm thị. Chỉ ba trang đạt mức AA. Lỗi thường gặp nhất là hình ảnh thiếu văn bản thay thế, độ tương phản thấp và biểu mẫu tìm kiếm không có nhãn.",
      en: "Forty library websites were tested against WCAG 2.1 with automatic tools and by six blind users. Only three reach level AA. Missing alternative texts, poor contrast and search forms without labels are the commonest faults.",
    },
    keywords: [
      { vi: "người khiếm thị", en: "visually impaired users" },
      { vi: "khả năng tiếp cận", en: "accessibility" },
      { vi: "thư viện đại học", en: "university libraries" },
    ],
    year: 2023,
    issue: 3,
  },
  {
    journal: "xhnv",
    section: "ART",
    title: {
      vi: "Từ ngữ chỉ sông nước trong ca dao Nam Bộ nhìn từ ngôn ngữ học tri nhận",
      en: "Words of rivers and water in southern folk verse: a cognitive view",
    },
    authors: ["Huỳnh Kim Ngân"],
    abstract: {
      vi: "Bài viết thống kê 312 đơn vị từ vựng chỉ sông nước trong 1.560 bài ca dao Nam Bộ và phân tích các ẩn dụ ý niệm «cuộc đời là dòng sông», «tình yêu là chuyến đò». Kết quả cho thấy dấu ấn của môi trường sống trong tư duy và cách nói của cư dân vùng sông nước.",
      en: "The paper counts 312 lexical units for rivers and water in 1,560 folk verses and analyses the conceptual metaphors “life is a river” and “love is a ferry”. The environment has left its mark on thought and speech.",
    },
    keywords: [
      { vi: "ca dao Nam Bộ", en: "southern Vietnamese folk verse" },
      { vi: "ẩn dụ ý niệm", en: "conceptual metaphor" },
    ],
    year: 2016,
    issue: 1,
  },
  {
    journal: "xhnv",
    section: "REV",
    title: {
      vi: "Đọc sách: «Thư viện làng thời thuộc địa»",
      en: "Book review: Village libraries in colonial times",
    },
    authors: ["Lương Thị Bích Hiền"],
    abstract: {
      vi: "Cuốn sách tái hiện hoạt động của các tủ sách làng ở Bắc Kỳ từ 1919 đến 1945 qua hồ sơ lưu trữ và hồi ức. Người điểm sách ghi nhận nguồn tư liệu phong phú nhưng cho rằng phần so sánh với Nam Kỳ còn sơ lược.",
      en: "The book describes village book collections in Tonkin from 1919 to 1945. The reviewer praises its sources and finds the comparison with Cochinchina too brief.",
    },
    keywords: [
      { vi: "thư viện làng", en: "village libraries" },
      { vi: "Bắc Kỳ", en: "Tonkin" },
    ],
    year: 2020,
    issue: 4,
  },
  {
    journal: "xhnv",
    section: "ART",
    title: {
      vi: "Kiều hối và giáo dục của trẻ em ở lại: bằng chứng từ các tỉnh Bắc Trung Bộ",
      en: "Remittances and the education of children left behind: evidence from north-central provinces",
    },
    authors: ["Vũ Thị Hồng Nhung"],
    abstract: {
      vi: "Sử dụng số liệu của 2.310 hộ gia đình, bài viết cho thấy kiều hối làm tăng chi tiêu học thêm nhưng không làm thay đổi số năm đi học. Vai trò chăm sóc của ông bà có ảnh hưởng rõ đến kết quả học tập của trẻ dưới mười hai tuổi.",
      en: "With data on 2,310 households the paper shows that remittances raise spending on extra classes but not the years of schooling. Care by grandparents clearly influences the results of children under twelve.",
    },
    keywords: [
      { vi: "kiều hối", en: "remittances" },
      { vi: "trẻ em ở lại", en: "children left behind" },
    ],
    year: 2018,
    issue: 2,
  },
  {
    journal: "xhnv",
    section: "ART",
    title: {
      vi: "Truyền dạy hát Xoan trong nhà trường: mười năm nhìn lại",
      en: "Teaching Xoan singing at school: ten years on",
    },
    authors: ["Hà Thị Bích Phượng", "Chu Đình Vịnh"],
    abstract: {
      vi: "Mười năm sau khi hát Xoan được đưa vào trường học, bài viết khảo sát lại mười bốn trường tại Phú Thọ. Số câu lạc bộ tăng gấp đôi, song chỉ một phần ba còn sinh hoạt thường xuyên. Tài liệu nghe nhìn do thư viện tỉnh biên soạn được giáo viên đánh giá cao.",
      en: "Ten years after Xoan singing entered the schools, fourteen of them were visited again. Clubs have doubled in number, but only a third meet regularly. Teachers value the recordings edited by the provincial library.",
    },
    keywords: [
      { vi: "hát Xoan", en: "Xoan singing" },
      { vi: "giáo dục di sản", en: "heritage education" },
    ],
    year: 2022,
    issue: 3,
  },
];
