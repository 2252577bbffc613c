import { fillRoom } from './fill-seat';
import { seatRequest } from './seat-request';
import { close, open, remove } from './seating';
import { absent, type Opening, type Seats } from './seats';

/** Rooms in which a giver may hold groups. */
export const groupRooms = ({ firstRoom }: Seats, giver: number): readonly number[] => {
  const first = firstRoom[giver]!;
  return Array.from({ length: firstRoom[giver + 1]! - first }, (_, index) => first + index);
};

export const openingsOf = (seats: Seats, giver: number): readonly Opening[] =>
  groupRooms(seats, giver).flatMap((room) => seats.opening[room] ?? []);

/** Takes everybody out of a room; answers who sat there. */
export const empty = (seats: Seats, room: number): readonly number[] => {
  const gone: number[] = [];
  for (let request = seats.firstSeated[room]!; request >= 0; request = seats.firstSeated[room]!) {
    remove(seats, request, absent);
    gone.push(request);
  }
  return gone;
};

/** The engagements of a giver's groups cost as any other; what is left of their capacity is for one learner each (R11). */
export const chargeGroups = (seats: Seats, giver: number, groups: number): void => {
  const { givers } = seats.problem;
  const before = givers.capacity[giver]! - seats.capacity[giver]!;
  const load = (count: number): number => givers.loadCost * (count * givers.engaged[giver]! + (count * (count - 1)) / 2);
  seats.totals.seats += load(groups) - load(before);
  seats.capacity[giver] = givers.capacity[giver]! - groups;
  seats.from[giver] = givers.loadCost * (givers.engaged[giver]! + groups);
};

/** Lets a giver hold these groups and no other, and seats everybody by the cheapest way again. At most `capacity` of them. */
export const regroup = (seats: Seats, giver: number, openings: readonly Opening[]): void => {
  const rooms = groupRooms(seats, giver);
  const held = rooms.filter((room) => seats.opening[room] !== undefined);
  const gone = [giver, ...held].flatMap((room) => empty(seats, room));
  for (const room of held) close(seats, room);
  chargeGroups(seats, giver, openings.length);
  openings.forEach((opening, index) => {
    open(seats, rooms[index]!, opening);
    fillRoom(seats, rooms[index]!);
  });
  fillRoom(seats, giver);
  for (const request of gone) seatRequest(seats, request);
};
