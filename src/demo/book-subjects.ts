type Words = readonly [string, ...string[]];

/** A subject taught somewhere, with its class and what books about it are usually called. */
export interface BookSubject {
  readonly name: string;
  readonly ddc: string;
  readonly heading: string;
  readonly english: string;
}

function subject(name: string, ddc: string, heading: string, english: string): BookSubject {
  return { name, ddc, heading, english };
}

export const BOOK_SUBJECTS: readonly [BookSubject, ...BookSubject[]] = [
  subject("kinh tế vi mô", "338.5", "Kinh tế học vi mô", "Microeconomics"),
  subject("kinh tế phát triển", "338.9", "Kinh tế phát triển", "Development economics"),
  subject("luật lao động", "344.59701", "Luật lao động", "Labour law"),
  subject("tâm lý học đại cương", "150", "Tâm lý học", "General psychology"),
  subject("xác suất thống kê", "519.2", "Xác suất thống kê", "Probability and statistics"),
  subject("hóa học hữu cơ", "547", "Hóa hữu cơ", "Organic chemistry"),
  subject("vật lý đại cương", "530", "Vật lý học", "General physics"),
  subject("cơ sở dữ liệu", "005.74", "Cơ sở dữ liệu", "Databases"),
  subject("mạng máy tính", "004.6", "Mạng máy tính", "Computer networks"),
  subject("biên mục mô tả", "025.32", "Biên mục mô tả", "Descriptive cataloguing"),
  subject("bảo vệ thực vật", "632", "Bảo vệ thực vật", "Plant protection"),
  subject("nuôi trồng thủy sản", "639.8", "Nuôi trồng thủy sản", "Aquaculture"),
  subject("giải phẫu học", "611", "Giải phẫu người", "Human anatomy"),
  subject("dược liệu", "615.321", "Dược liệu", "Pharmacognosy"),
  subject("kết cấu bê tông cốt thép", "624.1834", "Bê tông cốt thép", "Reinforced concrete structures"),
  subject("ngữ pháp tiếng Việt", "495.9225", "Tiếng Việt", "Vietnamese grammar"),
  subject("lịch sử văn minh thế giới", "909", "Lịch sử văn minh", "History of world civilisations"),
  subject("quản trị marketing", "658.8", "Marketing", "Marketing management"),
];

/** What provincial libraries collect about their province; `{tỉnh}` is where its name goes. */
export const LOCAL_TOPICS: readonly [readonly [string, string, string], ...(readonly [string, string, string])[]] = [
  ["Địa chí {tỉnh}", "915.97", "Địa chí"],
  ["Lịch sử Đảng bộ tỉnh {tỉnh} (1930 - 2010)", "324.2597075", "Lịch sử Đảng"],
  ["Văn học dân gian {tỉnh}", "398.209597", "Văn học dân gian"],
  ["Nghề và làng nghề truyền thống {tỉnh}", "680.09597", "Nghề truyền thống"],
  ["Lễ hội cổ truyền {tỉnh}", "394.269597", "Lễ hội cổ truyền"],
  ["Văn bia {tỉnh} qua các thời kỳ", "929.509597", "Văn bia"],
  ["Niên giám thống kê tỉnh {tỉnh} năm 2015", "315.97", "Niên giám thống kê"],
  ["Danh nhân {tỉnh}", "920.0597", "Danh nhân"],
];

export const PROVINCES: Words = [
  "Nam Định",
  "Hà Tĩnh",
  "Quảng Ngãi",
  "Bến Tre",
  "Lạng Sơn",
  "Phú Yên",
  "Kiên Giang",
  "Thái Nguyên",
  "Đắk Lắk",
  "Hải Dương",
];

/** Novels, stories and poems nobody wrote: any beginning goes with any end. */
export const LITERARY_BEGINNINGS: Words = [
  "Mùa nước nổi",
  "Bến sông",
  "Ngôi nhà gỗ",
  "Con đường làng",
  "Chuyến đò",
  "Mảnh vườn",
  "Phiên chợ",
  "Cánh đồng",
];
export const LITERARY_ENDS: Words = [
  "không tên",
  "của ngoại",
  "tháng Chạp",
  "ngày trở về",
  "trong sương sớm",
  "thời thơ ấu",
  "bên kia núi",
];
export const LITERARY_GENRES: Words = ["Tiểu thuyết", "Tập truyện ngắn", "Thơ", "Bút ký", "Truyện thiếu nhi"];

/** Place as title pages abbreviate it, and publisher; all publishers are invented. */
export const IMPRINTS: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ["H.", "Nxb. Minh Họa"],
  ["H.", "Nhà xuất bản Tri Thức Mẫu"],
  ["Tp. Hồ Chí Minh", "Nxb. Sông Sách"],
  ["Huế", "Nxb. Hương Giang Mẫu"],
  ["Đà Nẵng", "Nxb. Biển Đông Mẫu"],
  ["Cần Thơ", "Nxb. Phù Sa"],
];
