import { formatOf } from "../format.ts";
import { type Language, messagesOf } from "../messages/messages.ts";
import { FactList } from "../parts/fact-list.tsx";
import { Layout } from "../parts/layout.tsx";
import { Time } from "../parts/time.tsx";
import type { View } from "../parts/view.ts";
import type { TokenDetails } from "../token-details.ts";

/** The page that tells what a resumptionToken stands for, and takes another one; `details`: null for what is none. */
export function TokenPage(props: {
  readonly token: string;
  readonly details: TokenDetails | null;
  readonly language: Language;
  readonly name: string;
}) {
  const { token, details, language, name } = props;
  const view: View = { language, messages: messagesOf(language), format: formatOf(language) };
  const { messages } = view;
  const query = token === "" ? {} : { resumptionToken: token };
  return (
    <Layout language={language} messages={messages} title={messages.token} name={name} query={query}>
      <h1>{messages.token}</h1>
      <p>{messages.tokenText}</p>
      <form action="/oai/admin/token" class="look-up">
        <label for="resumptionToken">resumptionToken</label>
        <input id="resumptionToken" name="resumptionToken" value={token} required autocomplete="off" />
        <button type="submit">{messages.tokenButton}</button>
      </form>
      {token !== "" && details === null ? <p class="held">{messages.noToken}</p> : null}
      {details === null ? null : <Explained details={details} view={view} />}
    </Layout>
  );
}

function Explained({ details, view }: { readonly details: TokenDetails; readonly view: View }) {
  const { messages, format } = view;
  const { objection } = details;
  const time = (date: Date | null, otherwise: string) =>
    date === null ? otherwise : <Time date={date} format={format} />;
  const number = (count: number | null) => (count === null ? messages.unknownCount : format.number(count));
  const facts = [
    ["verb", details.verb],
    ...(details.metadataPrefix === null
      ? []
      : ([
          ["metadataPrefix", details.metadataPrefix],
          ["set", details.set ?? messages.wholeFeed],
          ["from", time(details.from, messages.fromBeginning)],
          ["until", time(details.until, "responseDate")],
        ] as const)),
    ["responseDate", time(details.horizon, messages.unknownCount)],
    [messages.givenSoFar, number(details.cursor)],
    ["completeListSize", number(details.completeListSize)],
    [messages.issuedAt, time(details.issued, "")],
    [messages.expiresAt, time(details.expires, "")],
  ] as const;
  return (
    <>
      <p class={objection === null ? "quiet" : "held"}>{messages[`token-${objection ?? "taken"}`]}</p>
      <FactList facts={facts} />
    </>
  );
}
