--[[ exit: some persons of a party leave the hall; its tickets stay as they are.

ARGV    {party, persons}
event   exited: the party
refuses unknown_party not_inside
]]
--@include fair

return command(function(args)
  local party = numbered_party(args.party)
  if args.persons > party.inside then refuse('not_inside', { number = known_as(party), inside = party.inside }) end
  party.inside = party.inside - args.persons
  return 'exited', { parties = { party } }
end)
