--[[ How a party comes to a further place in line: shared by issue and accept-offer. Needs `fair`, `line`, `numbering`, `cards`. ]]

local function refuse_more_queues(party, more)
  local open = more
  for _, id in ipairs(party.tickets) do
    if OPEN_STATES[row('tickets', id).state] then open = open + 1 end
  end
  if open > rules.queues_per_party then refuse('too_many_queues', { limit = rules.queues_per_party }) end
end

-- Room for so many more tickets; gives the id of the first of them.
local function next_tickets(count)
  local first = (meta.tickets or 0) + 1
  if first + count - 1 > rules.tickets_max then refuse('fair_full', { limit = rules.tickets_max }) end
  counters.tickets = first + count - 1
  return first
end

-- A booking reserves one talk in a queue, not every one of the day.
local function comes_again(party, queue)
  for _, id in ipairs(party.tickets) do
    local ticket = row('tickets', id)
    if ticket.queue == queue and ticket.state ~= 'cancelled' then return true end
  end
  return false
end

-- A ticket that waits from now on, under the party's number or, in a series of queues, the next one of its queue.
-- `place` orders it in line; `booking` is the one by which the party came, or nil.
local function new_ticket(id, party, queue, place, booking)
  local number = party.number ~= '' and party.number or draw('number:' .. queue, rules.queues[queue].letter)
  if party.number == '' then publish(number, party) end
  local ticket = new('tickets', {
    id = id, party = party.id, number = number, queue = queue, state = 'waiting', place = place, issued_at = now, recalls = 0,
  })
  if booking and not comes_again(party, queue) then take_reserved_place(ticket, booking) end
  party.tickets[#party.tickets + 1] = id
  return ticket
end
