/** Everything that an async iterable brings (Node.js 20 has no Array.fromAsync). */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
