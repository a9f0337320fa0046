--[[ issue: a party takes its place in one or several queues.

ARGV    {size, queues = {id, ...}, party?}: with `party`, queues are added to a party that has its number already
event   issued: the party, one ticket a queue
refuses unknown_queue unknown_party issuing_stopped already_in_queue fair_full too_many_queues
One number a party for the whole day, or (rules.series = 'queue') one a ticket, with the queue's letter.
]]
--@include fair

local counters, numbers = {}, {}

local function draw(counter, letter)
  local n = counters[counter] or meta[counter] or (rules.first - 1)
  repeat
    n = n + 1
    local skipped = false
    for _, unlucky in ipairs(rules.skip) do skipped = skipped or unlucky == n end
  until not skipped
  counters[counter] = n
  return string.format('%s%d', letter, n)
end

local function new_party(size)
  local id = (meta.parties or 0) + 1
  if id > rules.parties_max then refuse('fair_full', { limit = rules.parties_max }) end
  counters.parties = id
  local number = rules.series == 'party' and draw('number', '') or ''
  if number ~= '' then numbers[number] = id end
  return new('parties', { id = id, number = number, size = size, issued_at = now, tickets = {} })
end

local function open_tickets(party)
  local open = 0
  for _, id in ipairs(party.tickets) do
    if OPEN_STATES[row('tickets', id).state] then open = open + 1 end
  end
  return open
end

return command(function(args)
  for _, queue in ipairs(args.queues) do
    if not row('queues', queue).issuing then refuse('issuing_stopped', { queue = queue }) end
  end
  local party
  if args.party then
    party = row('parties', args.party)
    if #args.queues + open_tickets(party) > rules.queues_per_party then
      refuse('too_many_queues', { limit = rules.queues_per_party })
    end
    for _, queue in ipairs(args.queues) do refuse_second(party, queue) end
    party.size = args.size or party.size
  else
    if #args.queues > rules.queues_per_party then refuse('too_many_queues', { limit = rules.queues_per_party }) end
    party = new_party(args.size)
  end
  local tickets = {}
  local id = meta.tickets or 0
  if id + #args.queues > rules.tickets_max then refuse('fair_full', { limit = rules.tickets_max }) end
  for i, queue in ipairs(args.queues) do
    local letter = rules.queues[queue].letter
    local number = party.number ~= '' and party.number or draw('number:' .. queue, letter)
    if party.number == '' then numbers[number] = party.id end
    tickets[i] = new('tickets', {
      id = id + i, party = party.id, number = number, queue = queue, state = 'waiting', place = now, issued_at = now, recalls = 0,
    })
    party.tickets[#party.tickets + 1] = id + i
  end
  counters.tickets = id + #args.queues
  return 'issued', { parties = { party }, tickets = tickets }, { counters = counters, numbers = numbers }
end)
