--[[ decline-offer: the party stays where it is.

ARGV    {offer, answer}: answer = 'keep': this ticket keeps its place and is not asked again; 'not_now': perhaps later
event   offer_declined: the offer
refuses unknown_offer offer_gone
]]
--@include fair
--@include offers

return command(function(args)
  local offer = open_offer(args.offer)
  answer_offer(offer, 'declined', args.answer)
  return 'offer_declined', { offers = { offer } }
end)
