--[[ reenter: some persons of a party come back into the hall.

ARGV    {party, persons}
event   reentered: the party
refuses unknown_party all_inside
]]
--@include fair

return command(function(args)
  local party = numbered_party(args.party)
  if party.inside + args.persons > party.size then
    refuse('all_inside', { number = known_as(party), size = party.size, inside = party.inside })
  end
  party.inside = party.inside + args.persons
  return 'reentered', { parties = { party } }
end)
