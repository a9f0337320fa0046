--[[ accept-offer: the party goes to the quieter queue that it was offered, with the place of its arrival.

ARGV    {offer, how}: how = 'move': the ticket goes there; 'add': a further ticket stands there, and the old one stays in line
event   offer_accepted: the offer, the ticket that moved or the new one, its party
refuses unknown_offer offer_gone issuing_stopped already_in_queue too_many_queues fair_full
Moved, a ticket keeps its number and its time of arrival, and a reserved place stays behind, as with transfer. A further one
has the party's number (in a series of queues the next of its queue) and stands where the waiting one would.
]]
--@include fair
--@include line
--@include numbering
--@include cards
--@include ticketing
--@include offers

local function moved(ticket, queue)
  move(ticket, 'transfer')
  ticket.queue, ticket.place, ticket.reserved = queue, ticket.issued_at, nil
  return ticket
end

local function added(ticket, party, queue)
  refuse_more_queues(party, 1)
  return new_ticket(next_tickets(1), party, queue, ticket.issued_at, booking_of(party))
end

return command(function(args)
  local offer = open_offer(args.offer)
  local ticket, queue = row('tickets', offer.ticket), row('queues', offer.queue)
  local party = row('parties', ticket.party)
  if not queue.issuing then refuse('issuing_stopped', { queue = queue.id }) end
  refuse_second(party, queue.id)
  local taken = args.how == 'move' and moved(ticket, queue.id) or added(ticket, party, queue.id)
  answer_offer(offer, 'accepted', args.how)
  local changes = { offers = { offer }, tickets = { taken }, parties = { party } }
  return 'offer_accepted', changes, { counters = counters, entries = entries }
end)
