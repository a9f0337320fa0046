--[[ The order in which the waiting tickets of a queue are called. Needs `fair`.

Due are those whose slot has begun, by slot, place, id: they go first. Walk-ins are all others, by place, id; a reserved
place stands among them until its slot begins. The same order is in live/board.py and client/board.js; tests/vectors/line.json
holds all to it.
]]

local CHUNK = 32 -- tickets looked at in one read; nearly always the first is the one

local function is_due(ticket)
  return ticket.reserved ~= nil and ticket.reserved <= now
end

-- The first ticket between two members of a sorted set for which `wanted(ticket)` is true; nil where there is none.
local function first_between(key, from, to, wanted)
  local first = 0
  while true do
    local members = redis.call('ZRANGE', key, from, to, 'BYLEX', 'LIMIT', first, CHUNK)
    for _, text in ipairs(members) do
      local ticket = row('tickets', tonumber(string.sub(text, -7)))
      if wanted(ticket) then return ticket end
    end
    if #members < CHUNK then return nil end
    first = first + CHUNK
  end
end

local function first_due(queue, wanted)
  return first_between(RESERVED, '[' .. queue .. ':', string.format('(%s:%015d;', queue, now), wanted)
end

local function first_walk_in(queue, wanted)
  return first_between(LINES, '[' .. queue .. ':', '(' .. queue .. ';', function(ticket)
    return not is_due(ticket) and wanted(ticket)
  end)
end

-- The ticket stands before the first walk-in of its queue.
local function to_head(ticket)
  local head = first_walk_in(ticket.queue, function() return true end)
  if head then ticket.place = math.min(ticket.place, head.place - 1) end
end
