-- Neovim with its own LSP client: opens a file, waits for the diagnostics, takes
-- the fix behind the light bulb, and writes what it was given.
--
-- RINGFENCE, ROOT, FILE, LINE (from 1) and TITLE come from the environment, and
-- ONLY, the kind of actions to ask for, if any.

local root, title = vim.env.ROOT, vim.env.TITLE
local function say(...)
  io.stdout:write(table.concat({ ... }, " "), "\n")
end
local function wait(what, condition)
  if not vim.wait(20000, condition, 20) then
    say("waited in vain for " .. what)
    vim.cmd("cquit 1")
  end
end

local function run()
  vim.cmd("edit " .. vim.fn.fnameescape(root .. "/" .. vim.env.FILE))
  local buffer = vim.api.nvim_get_current_buf()
  local client = vim.lsp.start_client({
    name = "ringfence",
    cmd = { vim.env.RINGFENCE, "lsp", "--level", "placeholders" },
    root_dir = root,
  })
  vim.lsp.buf_attach_client(buffer, client)
  -- As a configuration does it: a fix may load further files.
  vim.api.nvim_create_autocmd("BufReadPost", {
    pattern = { "*.swift", "*.m", "*.mm", "*.h" },
    callback = function(event)
      vim.lsp.buf_attach_client(event.buf, client)
    end,
  })
  wait("diagnostics", function()
    return #vim.diagnostic.get(buffer) > 0
  end)
  local found = vim.diagnostic.get(buffer)
  say(#found .. " diagnostics, the first on line " .. (found[1].lnum + 1), found[1].code or "")

  -- Unsaved text counts: one more line above moves everything down.
  vim.api.nvim_buf_set_lines(buffer, 0, 0, false, { "// A line that is not saved." })
  local line = found[1].lnum + 1
  wait("moved diagnostics", function()
    local now = vim.diagnostic.get(buffer)
    return #now == #found and now[1].lnum == line
  end)
  say("moved to line " .. (line + 1))

  -- What stands in for somebody who picks from the menu.
  vim.ui.select = function(items, _, choose)
    for _, item in ipairs(items) do
      local action = item.action or item[2]
      if vim.startswith(action.title, title) then
        return choose(item)
      end
    end
    say("no such action")
    vim.cmd("cquit 1")
  end
  vim.api.nvim_win_set_cursor(0, { tonumber(vim.env.LINE) + 1, 0 })
  local before = vim.api.nvim_buf_get_changedtick(buffer)
  local context = vim.env.ONLY and { only = { vim.env.ONLY } }
  vim.lsp.buf.code_action(vim.fn.has("nvim-0.8") == 1 and { context = context } or context)
  wait("the fix", function()
    return vim.api.nvim_buf_get_changedtick(buffer) ~= before
  end)
  wait("fewer diagnostics", function()
    return #vim.diagnostic.get(buffer) < #found
  end)
  say(#vim.diagnostic.get(buffer) .. " diagnostics after the fix")
  for _, each in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(each) and vim.api.nvim_buf_get_option(each, "modified") then
      say("changed " .. vim.fn.fnamemodify(vim.api.nvim_buf_get_name(each), ":t"))
    end
  end
  vim.cmd("silent wall")
  vim.lsp.stop_client(client)
end

local ok, problem = pcall(run)
if not ok then
  say(problem)
  vim.cmd("cquit 1")
end
vim.cmd("qall!")
