--[[ close-day: the day is over. No more tickets are issued, and every ticket that nobody could serve ends with the reason 'closed',
so that no line stands stranded (FAIR, rules of the floor). Talks that go on are ended by their booths.

ARGV    {}
event   day_closed: the tickets, their parties, the booths that had called them, the queues that were still issuing
refuses day_not_over: before the fair's last minute, while tickets are still issued for some queue
        day_closed: nobody waits, and nothing is issued
At most CLOSED_AT_ONCE tickets end in one event; the same command with a new id ends the next ones.
]]
--@include fair

local CLOSED_AT_ONCE = 2000 -- tickets; a day of the sample fair has some 800 in all

local function issuing_queues()
  local queues = {}
  for _, id in ipairs(redis.call('HKEYS', TABLES.queues)) do
    local queue = row('queues', id)
    if queue.issuing then queues[#queues + 1] = queue end
  end
  return queues
end

-- The ids of tickets that a command 'cancel' could end, in the order in which they were issued.
local function unserved()
  local ids = {}
  for _, json in ipairs(redis.call('HVALS', TABLES.tickets)) do
    local ticket = cjson.decode(json)
    if TRANSITIONS.cancel[ticket.state] then ids[#ids + 1] = ticket.id end
  end
  table.sort(ids)
  return ids
end

return command(function()
  local queues, ids = issuing_queues(), unserved()
  if #queues > 0 and now < rules.closes_ms then refuse('day_not_over', { queues = #queues }) end
  if #queues + #ids == 0 then refuse('day_closed') end
  local tickets, parties, booths, seen = {}, {}, {}, {}
  for i = 1, math.min(#ids, CLOSED_AT_ONCE) do
    local ticket = row('tickets', ids[i])
    local party = row('parties', ticket.party)
    move(ticket, 'cancel')
    ticket.ended_at, ticket.reason = now, 'closed'
    booths[#booths + 1] = leave_booth(ticket, party)
    tickets[i] = ticket
    if not seen[party.id] then
      seen[party.id], parties[#parties + 1] = true, party
    end
  end
  for _, queue in ipairs(queues) do queue.issuing = false end
  return 'day_closed', { tickets = tickets, parties = parties, booths = booths, queues = queues }
end)
