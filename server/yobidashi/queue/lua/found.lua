--[[ found: a server that begins to serve a fair makes sure that it stands in Redis. Not a command of a page.

ARGV    1 (unused)   2 the rules as JSON (`Fair.rules`)
event   founded (a new epoch), configured (queues or booths were added), or none
gives   {'done', event JSON}, {'stands', ''}, or {'refused', {code, detail}}: rules_shrunk where a queue or booth that
        stands in Redis is missing from the rules, demonstration_data where the stored fair is a demonstration and this
        one is not, or the other way round; newer_schema where a newer version of the program has written here
]]
--@include fair
--@include founding

meta, rules = read_meta(), cjson.decode(ARGV[2])
if not meta.epoch then
  redis.call('SET', RULES, ARGV[2])
  return { 'done', found(real_now) }
end
local newer = newer_schema()
if newer then return newer end
if cjson.decode(redis.call('GET', RULES)).demonstration ~= rules.demonstration then
  return { 'refused', cjson.encode({ code = 'demonstration_data' }) }
end
for _, name in ipairs({ 'queues', 'booths' }) do
  for _, id in ipairs(redis.call('HKEYS', TABLES[name])) do
    if not rules[name][id] then
      return { 'refused', cjson.encode({ code = 'rules_shrunk', detail = { table = name, id = id } }) }
    end
  end
end
now = read_clock()
local queues, booths = {}, {}
for id in pairs(rules.queues) do
  if not find('queues', id) then queues[#queues + 1] = queue_row(id) end
end
for number, plan in pairs(rules.booths) do
  if not find('booths', number) then booths[#booths + 1] = booth_row(number, plan) end
end
redis.call('SET', RULES, ARGV[2])
redis.call('HSET', META, 'schema', SCHEMA)
if #queues + #booths == 0 then return { 'stands', '' } end
return { 'done', commit('configured', { queues = queues, booths = booths }, { undoable = false }) }
