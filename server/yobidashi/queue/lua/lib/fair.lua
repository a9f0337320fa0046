--[[ What every command begins and ends with. `queue/scripts.py` puts this text where a command says `--@include fair`,
and before it the generated constants ANSWER_TTL_S, JOURNAL_KEPT, UNDO_KEPT, CARDS_MAX, OFFERS_MAX, NOTICES_MAX, NOTICES_AT_ONCE,
SCHEMA, TRANSITIONS and OPEN_STATES.

A command reads rows, refuses or changes them as Lua tables, and names the event. Only `commit`, after it, writes:
validate first, write last, for Lua does not roll back. Nothing outside KEYS is touched.

KEYS  1 meta  2 rules  3 parties  4 tickets  5 queues  6 booths  7 clocks  8 offers  9 notices  10 lines
      11 numbers  12 undo  13 journal  14 cards  15 holders  16 bookings  17 reserved  18 offered  19 links  20 linked
      21 the answer of this command id
ARGV  1 fingerprint of the command and its arguments   2 the arguments as JSON
gives {'done' | 'refused', JSON}: the event, or {code, detail}; a repeated command id gets the first answer
]]
local META, RULES, LINES, NUMBERS, UNDO, JOURNAL = KEYS[1], KEYS[2], KEYS[10], KEYS[11], KEYS[12], KEYS[13]
local CARDS, HOLDERS, BOOKINGS, RESERVED = KEYS[14], KEYS[15], KEYS[16], KEYS[17]
local OFFERED, LINKS, LINKED, ANSWER = KEYS[18], KEYS[19], KEYS[20], KEYS[21]
local TABLES = {
  parties = KEYS[3], tickets = KEYS[4], queues = KEYS[5], booths = KEYS[6], clocks = KEYS[7], offers = KEYS[8], notices = KEYS[9],
}
local MISSING = {
  parties = 'unknown_party', tickets = 'unknown_ticket', queues = 'unknown_queue', booths = 'unknown_booth',
  offers = 'unknown_offer', notices = 'unknown_notice',
}

local time = redis.call('TIME')
local real_now = time[1] * 1000 + math.floor(time[2] / 1000)
local meta, now
-- The rules of the fair are read when one is asked for: most commands ask for none, and reading all is a fifth of their work.
local rules = setmetatable({}, { __index = function(read, name)
  setmetatable(read, nil)
  for each, rule in pairs(cjson.decode(redis.call('GET', RULES))) do read[each] = rule end
  return read[name]
end })
local before, loaded = {}, {} -- table → id → row: as JSON before the command, and as it is changed
for name in pairs(TABLES) do before[name], loaded[name] = {}, {} end

local function refuse(code, detail)
  error({ code = code, detail = detail })
end

-- A row with what rows of schema 1 lack (queue/keys.py).
local function grown(name, values)
  if name == 'parties' then
    values.children, values.inside = values.children or 0, values.inside or values.size
  elseif name == 'queues' then
    values.reserved_run = values.reserved_run or 0
  end
  return values
end

-- A row by its id, the same Lua table each time; false where there is none.
local function find(name, id)
  local key = tostring(id)
  if loaded[name][key] == nil then
    local json = redis.call('HGET', TABLES[name], key)
    before[name][key] = json
    loaded[name][key] = json and grown(name, cjson.decode(json))
  end
  return loaded[name][key]
end

-- A row by its id, or a refusal.
local function row(name, id)
  return find(name, id) or refuse(MISSING[name], { id = id })
end

local function new(name, values)
  local key = tostring(values.id)
  before[name][key], loaded[name][key] = false, values
  return values
end

-- The ticket now at a booth, or a refusal.
local function ticket_at(booth)
  if not booth.ticket then refuse('booth_free', { booth = booth.id }) end
  return row('tickets', booth.ticket)
end

-- One step of the transition table.
local function move(ticket, command)
  local to = TRANSITIONS[command][ticket.state]
  if not to then refuse('wrong_state', { ticket = ticket.id, number = ticket.number, state = ticket.state, command = command }) end
  ticket.state = to
end

-- The ticket leaves its booth, if it is at one: booth and party are free. Gives the booth's row or nil.
local function leave_booth(ticket, party)
  if party.active ~= ticket.id then return nil end
  party.active = nil
  local booth = row('booths', ticket.booth)
  booth.ticket, booth.since = nil, now
  return booth
end

-- The ticket goes back into line as if it had not been called; what was before stands in the journal.
local function forget_call(ticket)
  ticket.booth, ticket.called_at, ticket.called_offset, ticket.recalled_at = nil, nil, nil, nil
  ticket.started_at, ticket.ended_at, ticket.away_at, ticket.reason = nil, nil, nil, nil
  ticket.recalls = 0
end

-- A party holds at most one open ticket in a queue.
local function refuse_second(party, queue, but)
  for _, id in ipairs(party.tickets) do
    local ticket = row('tickets', id)
    if ticket.id ~= but and ticket.queue == queue and OPEN_STATES[ticket.state] then
      refuse('already_in_queue', { queue = queue, number = ticket.number, ticket = ticket.id })
    end
  end
end

-- By which number a party is called: its own, or, where each queue has its series, that of its first ticket.
local function known_as(party)
  if party.number ~= '' or #party.tickets == 0 then return party.number end
  return row('tickets', party.tickets[1]).number
end

-- Who dropped in at a booth has no number: it is not led, called, or counted at the door.
local function dropped_in(party)
  local first = party.tickets[1]
  return first ~= nil and row('tickets', first).number == ''
end

-- A party that has a number, or a refusal.
local function numbered_party(id)
  local party = row('parties', id)
  if dropped_in(party) then refuse('unknown_party', { id = id }) end
  return party
end

local function refuse_unnumbered(ticket, command)
  if ticket.number == '' then refuse('wrong_state', { ticket = ticket.id, state = ticket.state, command = command }) end
end

local function member(ticket)
  return string.format('%s:%015d:%07d', ticket.queue, ticket.place, ticket.id)
end

local function reserved_member(ticket)
  return string.format('%s:%015d:%015d:%07d', ticket.queue, ticket.reserved, ticket.place, ticket.id)
end

-- Who waits stands in line, and who waits with a reserved place among the reserved; nobody else does.
local function write_lines(was, is)
  if was and was.state == 'waiting' then
    redis.call('ZREM', LINES, member(was))
    if was.reserved then redis.call('ZREM', RESERVED, reserved_member(was)) end
  end
  if is.state == 'waiting' then
    redis.call('ZADD', LINES, 0, member(is))
    if is.reserved then redis.call('ZADD', RESERVED, 0, reserved_member(is)) end
  end
end

local function write(name, values, offset)
  local key = tostring(values.id)
  values.rev = offset
  redis.call('HSET', TABLES[name], key, cjson.encode(values))
  if name == 'tickets' then write_lines(before[name][key] and cjson.decode(before[name][key]), values) end
end

-- Writes the rows of an event, the event itself, and what undo would need. Gives the event as JSON.
local function commit(kind, changes, extra)
  local offset = meta.offset + 1
  local event = { epoch = meta.epoch, offset = offset, at = now, kind = kind, undoes = extra.undoes }
  local images = {}
  for name, rows in pairs(changes) do
    for _, values in ipairs(rows) do
      write(name, values, offset)
      images[#images + 1] = { name, tostring(values.id), before[name][tostring(values.id)] or '' }
    end
    if #rows > 0 then event[name] = rows end
  end
  local counters = { 'offset', offset, 'at', now }
  for name, value in pairs(extra.counters or {}) do
    counters[#counters + 1] = name
    counters[#counters + 1] = value
  end
  redis.call('HSET', META, unpack(counters))
  for _, entry in ipairs(extra.entries or {}) do redis.call('HSET', unpack(entry)) end
  local json = cjson.encode(event)
  redis.call('XADD', JOURNAL, 'MAXLEN', '~', JOURNAL_KEPT, string.format('%d-0', offset), 'event', json)
  redis.call('SPUBLISH', JOURNAL, '') -- the bell: every process looks at this journal (live/bells.py)
  if extra.undoable ~= false then
    redis.call('HSET', UNDO, tostring(offset), cjson.encode({ at = now, kind = kind, images = images }))
  end
  redis.call('HDEL', UNDO, tostring(offset - UNDO_KEPT))
  return json
end

local function read_meta()
  local raw = redis.call('HGETALL', META)
  local values = {}
  for i = 1, #raw, 2 do values[raw[i]] = tonumber(raw[i + 1]) end
  return values
end

-- Rows of an older version are read for good (`grown`); what a newer one has written, this version would spoil.
local function newer_schema()
  if (meta.schema or 1) <= SCHEMA then return nil end
  return { 'refused', cjson.encode({ code = 'newer_schema', detail = { stored = meta.schema, known = SCHEMA } }) }
end

local function read_clock()
  local clock = find('clocks', 0)
  local at = clock and math.floor(clock.fair + (real_now - clock.real) * clock.rate) or real_now
  return math.max(at, meta.at or 0) -- a clock that jumps back must not reorder what happened
end

local function remember(status, json)
  redis.call('SET', ANSWER, status .. ' ' .. ARGV[1] .. ' ' .. json, 'EX', ANSWER_TTL_S)
  return { status, json }
end

-- Runs a command once. `body(arguments)` refuses, or gives kind, {table = rows} and, rarely, extra:
-- undoes, undoable, counters {name = value}, entries {{hash, field, value}, ...}.
local function command(body)
  local first = redis.call('GET', ANSWER)
  if first then
    local status, fingerprint, json = string.match(first, '^(%l+) (%x+) (.*)$')
    if fingerprint ~= ARGV[1] then return { 'refused', cjson.encode({ code = 'command_id_reused' }) } end
    return { status, json }
  end
  meta = read_meta()
  if not meta.epoch then return { 'refused', cjson.encode({ code = 'not_founded' }) } end
  local newer = newer_schema()
  if newer then return newer end
  -- Decided over the board of an epoch that is gone: not remembered, for who decided it will not ask again.
  if ARGV[3] and tonumber(ARGV[3]) ~= meta.epoch then return { 'refused', cjson.encode({ code = 'begun_anew' }) } end
  now = read_clock()
  local ran, kind, changes, extra = pcall(body, cjson.decode(ARGV[2]))
  if ran then return remember('done', commit(kind, changes, extra or {})) end
  if type(kind) == 'table' and kind.code then return remember('refused', cjson.encode(kind)) end
  error(kind)
end
