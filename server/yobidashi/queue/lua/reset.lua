--[[ reset: a demonstration fair begins anew, in a new epoch.

ARGV    {}
event   founded: queues, booths, clock
refuses not_a_demonstration
]]
--@include fair
--@include founding

local function empty()
  for _, key in pairs(TABLES) do redis.call('DEL', key) end
  redis.call('DEL', META, LINES, NUMBERS, UNDO, JOURNAL, CARDS, HOLDERS, BOOKINGS, RESERVED, OFFERED, LINKS, LINKED)
  for name in pairs(loaded) do loaded[name], before[name] = {}, {} end
end

local first = redis.call('GET', ANSWER)
meta, rules = read_meta(), cjson.decode(redis.call('GET', RULES) or '{}')
if first or not meta.epoch or not rules.demonstration then
  return command(function() refuse('not_a_demonstration') end)
end
local epoch = math.max(real_now, meta.epoch + 1)
empty()
return remember('done', found(epoch))
