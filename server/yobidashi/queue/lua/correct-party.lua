--[[ correct-party: the floor manager puts right how many persons a party has.

ARGV    {party, size, children, reason}
event   corrected: the party
refuses unknown_party
]]
--@include fair
--@include numbering

return command(function(args)
  local party = row('parties', args.party)
  if dropped_in(party) then
    party.size, party.children = args.size, args.children
  else
    resize(party, args.size, args.children)
  end
  party.corrected = args.reason
  return 'corrected', { parties = { party } }
end)
