import type { Diagnosis } from "./failures.ts";

/** What to write to the people who run a repository, in both languages. */
export interface Advice {
  readonly vi: string;
  readonly en: string;
}

/** For each diagnosis what the university's IT has to do; the compiler names the one that is missing. */
export const ADVICE: Readonly<Record<Diagnosis, Advice>> = {
  dns: {
    vi: "Không tìm thấy tên miền của kho. Xin kiểm tra bản ghi DNS của tên miền này và cho chúng tôi biết địa chỉ mới nếu kho đã chuyển.",
    en: "The name of the repository cannot be found. Please check its DNS record, and tell us the new address if the repository has moved.",
  },
  unreachable: {
    vi: "Máy chủ không nhận kết nối. Xin kiểm tra máy chủ có đang chạy không và tường lửa có chặn truy cập từ bên ngoài không.",
    en: "The server takes no connections. Please check that it is running and that the firewall lets requests from outside through.",
  },
  timeout: {
    vi: "Máy chủ trả lời quá chậm hoặc không trả lời. Xin kiểm tra tải của máy chủ và cơ sở dữ liệu; nếu được, xin giảm số biểu ghi trên một trang OAI-PMH.",
    en: "The server answers too slowly or not at all. Please check the load of the server and its database; a smaller page size of OAI-PMH may help.",
  },
  busy: {
    vi: "Máy chủ báo bận hoặc báo lỗi nội bộ (HTTP 429 hoặc 5xx). Xin xem nhật ký lỗi của phần mềm kho; chúng tôi sẽ tự hỏi lại sau.",
    en: "The server says that it is busy or has an internal error (HTTP 429 or 5xx). Please look into the error log of the repository software; we shall ask again by ourselves.",
  },
  maintenance: {
    vi: "Kho đang bảo trì. Quý vị không cần làm gì; chúng tôi sẽ tự hỏi lại sau. Nếu kho đã hoạt động, xin tắt trang thông báo bảo trì.",
    en: "The repository is under maintenance. Nothing needs to be done, we shall ask again. If it is in service already, please switch the maintenance page off.",
  },
  cut_off: {
    vi: "Kết nối bị ngắt giữa chừng. Xin kiểm tra máy chủ trung gian (proxy, cân bằng tải) và giới hạn thời gian của máy chủ web.",
    en: "The connection is cut off in the middle of an answer. Please check proxies, load balancers and the time limits of the web server.",
  },
  unreadable: {
    vi: "Câu trả lời OAI-PMH không phải là XML đúng cú pháp. Xin xem nhật ký lỗi của phần mềm kho và kiểm tra biểu ghi có ký tự điều khiển hoặc thẻ không đóng.",
    en: "The OAI-PMH answer is not well-formed XML. Please look into the error log of the repository software, and for records with control characters or tags that are not closed.",
  },
  empty: {
    vi: "Máy chủ trả lời trang trống. Xin xem nhật ký lỗi của phần mềm kho, thường là lỗi PHP hoặc hết bộ nhớ.",
    en: "The server answers an empty page. Please look into the error log of the repository software; it is often a PHP error or a lack of memory.",
  },
  html: {
    vi: "Địa chỉ OAI-PMH trả về trang web thay vì XML. Xin bật giao diện OAI-PMH trong phần mềm kho và cho chúng tôi biết địa chỉ đúng (ví dụ …/oai/request, …/server/oai/request, …/index.php/index/oai).",
    en: "The OAI-PMH address brings a web page instead of XML. Please switch on OAI-PMH in the repository software and tell us the right address (such as …/oai/request, …/server/oai/request, …/index.php/index/oai).",
  },
  json: {
    vi: "Địa chỉ này trả về JSON, không phải OAI-PMH. Xin cho chúng tôi biết địa chỉ OAI-PMH của kho.",
    en: "This address brings JSON, not OAI-PMH. Please tell us the OAI-PMH address of the repository.",
  },
  not_oai: {
    vi: "Câu trả lời không phải là OAI-PMH 2.0. Xin kiểm tra địa chỉ OAI-PMH và phiên bản giao thức của phần mềm kho.",
    en: "The answer is not OAI-PMH 2.0. Please check the OAI-PMH address and the version of the protocol that the repository software speaks.",
  },
  bot_wall: {
    vi: "Lớp chống robot (Cloudflare, AWS WAF, Anubis, Imperva, tường lửa ứng dụng web …) chặn bộ thu hoạch. Xin thêm ngoại lệ cho đường dẫn OAI-PMH hoặc cho User-Agent và địa chỉ IP của chúng tôi.",
    en: "A protection against robots (Cloudflare, AWS WAF, Anubis, Imperva, a web application firewall …) shuts our harvester out. Please add an exception for the OAI-PMH path, or for our User-Agent and IP address.",
  },
  login_page: {
    vi: "Địa chỉ OAI-PMH đòi đăng nhập. Giao diện OAI-PMH phải mở công khai: xin bỏ đăng nhập (CAS, Shibboleth, SSO) cho đường dẫn này.",
    en: "The OAI-PMH address asks for a sign-in. OAI-PMH has to be open to the public: please take the sign-in (CAS, Shibboleth, SSO) off this path.",
  },
  sign_in_wanted: {
    vi: "Địa chỉ OAI-PMH đòi tên người dùng và mật khẩu. Xin mở công khai đường dẫn này, hoặc cấp cho chúng tôi một tài khoản chỉ để thu hoạch.",
    en: "The OAI-PMH address asks for a user name and a password. Please open this path to the public, or give us an account for harvesting alone.",
  },
  sign_in_refused: {
    vi: "Máy chủ không chấp nhận tên người dùng và mật khẩu (hoặc mã truy cập) mà quý vị đã cấp cho chúng tôi. Xin kiểm tra tài khoản này, hoặc cấp lại cho chúng tôi.",
    en: "The server does not accept the user name and the password (or the access key) that you gave us. Please check that account, or give us new ones.",
  },
  http_error: {
    vi: "Máy chủ từ chối yêu cầu (HTTP 4xx). Xin kiểm tra địa chỉ OAI-PMH còn đúng không, quyền truy cập và quy tắc chặn của máy chủ web.",
    en: "The server refuses the request (HTTP 4xx). Please check that the OAI-PMH address is still right, the permissions and the blocking rules of the web server.",
  },
  too_large: {
    vi: "Câu trả lời quá lớn. Xin giảm số biểu ghi trên một trang OAI-PMH (nên là 100).",
    en: "The answer is too large. Please lower the number of records on an OAI-PMH page (100 is a good one).",
  },
  bad_url: {
    vi: "Địa chỉ của kho không dùng được. Xin cho chúng tôi địa chỉ OAI-PMH đầy đủ, bắt đầu bằng http:// hoặc https://, không kèm tên và mật khẩu.",
    en: "The address of the repository cannot be used. Please give us the full OAI-PMH address, beginning with http:// or https://, without user name and password.",
  },
  redirected_elsewhere: {
    vi: "Địa chỉ OAI-PMH chuyển hướng sang một trang khác. Nếu kho đã chuyển đi, xin cho chúng tôi địa chỉ mới; nếu không, xin sửa quy tắc chuyển hướng của máy chủ web.",
    en: "The OAI-PMH address redirects to another site. If the repository has moved, please tell us the new address; otherwise please mend the redirect rules of the web server.",
  },
  address_refused: {
    vi: "Địa chỉ của kho nằm trong mạng nội bộ hoặc dùng cổng khác thường nên không được phép thu hoạch. Xin công bố kho ở địa chỉ công khai, cổng 80 hoặc 443, hoặc đề nghị người vận hành cho phép.",
    en: "The address of the repository is in a private network or on an unusual port and may not be harvested. Please publish it at a public address on port 80 or 443, or ask the operator to allow it.",
  },
  tls_incomplete_chain: {
    vi: "Máy chủ không gửi chứng chỉ trung gian. Trình duyệt tự bù nên không thấy lỗi, phần mềm khác thì không. Xin cài đủ chuỗi chứng chỉ (fullchain) trên máy chủ web.",
    en: "The server does not send the intermediate certificate. Browsers make up for it, other software cannot. Please install the full chain of certificates (fullchain) on the web server.",
  },
  tls_expired: {
    vi: "Chứng chỉ TLS đã hết hạn hoặc chưa có hiệu lực. Xin gia hạn chứng chỉ, nên đặt tự động gia hạn, và kiểm tra đồng hồ của máy chủ.",
    en: "The TLS certificate has expired or is not valid yet. Please renew it, best by an automatic renewal, and check the clock of the server.",
  },
  tls_wrong_host: {
    vi: "Chứng chỉ TLS được cấp cho tên miền khác. Xin cấp chứng chỉ có tên miền của kho, hoặc cho chúng tôi biết tên miền đúng.",
    en: "The TLS certificate was issued for another name. Please get one that holds the name of the repository, or tell us the right name.",
  },
  tls_untrusted: {
    vi: "Chứng chỉ TLS là tự ký hoặc của nơi cấp không được công nhận. Xin dùng chứng chỉ của nơi cấp công cộng (ví dụ Let's Encrypt, miễn phí), hoặc gửi chúng tôi chứng chỉ gốc của trường.",
    en: "The TLS certificate is self-signed or of an authority that is not recognised. Please use one of a public authority (Let's Encrypt is free), or send us the root certificate of your institution.",
  },
  tls_protocol: {
    vi: "Máy chủ chỉ dùng phiên bản mã hóa quá cũ, hoặc cổng này không phải là HTTPS. Xin bật TLS 1.2 hoặc mới hơn và kiểm tra địa chỉ bắt đầu bằng http:// hay https://.",
    en: "The server offers only encryption that is too old, or the port does not speak HTTPS. Please switch on TLS 1.2 or later, and check whether the address begins with http:// or https://.",
  },
};
