/** Places to visit, the cheapest first: a binary heap in two columns. A place may lie in it several times; who takes one knows its last price. */
export interface PriceQueue {
  readonly clear: () => void;
  readonly add: (price: number, place: number) => void;
  /** The place with the least price; −1 where there is none. Its price is then `price()`. */
  readonly take: () => number;
  readonly price: () => number;
}

export const priceQueue = (): PriceQueue => {
  let prices = new Float64Array(1024);
  let places = new Int32Array(1024);
  let size = 0;
  let taken = 0;
  const grow = (): void => {
    const [oldPrices, oldPlaces] = [prices, places];
    prices = new Float64Array(size * 2);
    places = new Int32Array(size * 2);
    prices.set(oldPrices);
    places.set(oldPlaces);
  };
  const add = (price: number, place: number): void => {
    if (size === prices.length) grow();
    let at = size++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (prices[above]! <= price) break;
      prices[at] = prices[above]!;
      places[at] = places[above]!;
      at = above;
    }
    prices[at] = price;
    places[at] = place;
  };
  /** Lets the last one sink from the top. */
  const sink = (price: number, place: number): void => {
    let at = 0;
    for (let below = 1; below < size; below = 2 * at + 1) {
      if (below + 1 < size && prices[below + 1]! < prices[below]!) below += 1;
      if (prices[below]! >= price) break;
      prices[at] = prices[below]!;
      places[at] = places[below]!;
      at = below;
    }
    prices[at] = price;
    places[at] = place;
  };
  const take = (): number => {
    if (size === 0) return -1;
    taken = prices[0]!;
    const place = places[0]!;
    size -= 1;
    if (size > 0) sink(prices[size]!, places[size]!);
    return place;
  };
  return {
    clear: () => {
      size = 0;
    },
    add,
    take,
    price: () => taken,
  };
};
