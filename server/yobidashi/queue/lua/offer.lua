--[[ offer: a waiting party is told of a quieter queue. It keeps its place; nothing moves until the offer is accepted.

ARGV    {ticket, queue, minutes}: the ticket that waits, the quieter queue, and how long the offer stands
event   offered: the offer
refuses unknown_ticket unknown_queue wrong_state issuing_stopped already_in_queue offer_open fair_full
A party has one offer at a time. Its row is left alone, so that no offer stands in the way of an undo.
]]
--@include fair
--@include offers

local function refuse_second_offer(party)
  local newest = redis.call('HGET', OFFERED, party.id)
  local offer = newest and row('offers', newest)
  if offer and is_open(offer) then
    refuse('offer_open', { offer = offer.id, number = row('tickets', offer.ticket).number, queue = offer.queue })
  end
end

return command(function(args)
  local ticket = row('tickets', args.ticket)
  local queue = row('queues', args.queue)
  local party = row('parties', ticket.party)
  move(ticket, 'offer')
  if not queue.issuing then refuse('issuing_stopped', { queue = queue.id }) end
  refuse_second(party, queue.id)
  refuse_second_offer(party)
  local id = (meta.offers or 0) + 1
  if id > OFFERS_MAX then refuse('fair_full', { limit = OFFERS_MAX }) end
  local offer = new('offers', {
    id = id, party = party.id, ticket = ticket.id, queue = queue.id, state = 'open', at = now,
    ['until'] = now + args.minutes * 60000,
  })
  return 'offered', { offers = { offer } }, { counters = { offers = id }, entries = { { OFFERED, party.id, id } } }
end)
