import type { Component } from './components';
import { chargeGroups, empty, groupRooms, openingsOf } from './regroup';
import { close, open, place } from './seating';
import { absent, type Opening, type Seats } from './seats';

/** Who sits where in a component, and at which prices: so that it can be made to stand again, ties and all. */
export interface SeatingPlan {
  readonly component: Component;
  readonly openings: readonly (readonly Opening[])[];
  readonly rooms: Int32Array;
  readonly arcs: Int32Array;
  readonly prices: readonly Float64Array[];
}

export const planOf = (seats: Seats, component: Component): SeatingPlan => ({
  component,
  openings: component.givers.map((giver) => openingsOf(seats, giver)),
  rooms: Int32Array.from(component.requests, (request) => seats.room[request]!),
  arcs: Int32Array.from(component.requests, (request) => seats.arc[request]!),
  prices: component.givers.map((giver) =>
    Float64Array.of(seats.price[giver]!, ...groupRooms(seats, giver).map((room) => seats.price[room]!)),
  ),
});

export const restore = (seats: Seats, { component, openings, rooms, arcs, prices }: SeatingPlan): void => {
  component.givers.forEach((giver, index) => {
    const own = groupRooms(seats, giver);
    const held = own.filter((room) => seats.opening[room] !== undefined);
    for (const room of [giver, ...held]) empty(seats, room);
    for (const room of held) close(seats, room);
    chargeGroups(seats, giver, openings[index]!.length);
    openings[index]!.forEach((opening, at) => open(seats, own[at]!, opening));
    const [price = 0, ...others] = prices[index]!;
    seats.price[giver] = price;
    own.forEach((room, at) => (seats.price[room] = others[at]!));
  });
  component.requests.forEach((request, index) => {
    const room = rooms[index]!;
    seats.room[request] = room < 0 ? room : absent;
    if (room >= 0) place(seats, request, { room, arc: arcs[index]! });
  });
};
