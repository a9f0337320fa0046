--[[ call-next: a booth calls the first party of its queue that is not at another booth.

ARGV    {booth, finish}: with finish = true the booth's present talk ends in the same act
event   called: the ticket, its party, the booth; and the ticket just finished, if any
refuses unknown_booth booth_not_open booth_busy booth_free wrong_state no_one_waiting
A party that is called or served elsewhere is passed over and keeps its place (他ブース相談中). The party just finished
here is free again and may be the next.
]]
--@include fair
--@include calling

local CHUNK = 32 -- tickets looked at in one read; nearly always the first is free

return command(function(args)
  local booth, finished, finished_party = booth_ready(args)
  local first, passed_over = 0, 0
  while true do
    local ids = line(booth.queue, first, CHUNK)
    for _, id in ipairs(ids) do
      local ticket = row('tickets', id)
      local party = row('parties', ticket.party)
      if not party.active then return call_to(booth, ticket, party, finished, finished_party) end
      passed_over = passed_over + 1
    end
    if #ids < CHUNK then refuse('no_one_waiting', { queue = booth.queue, passed_over = passed_over }) end
    first = first + CHUNK
  end
end)
