# Writes OUTPUT, a C++ source with every page of the list PAGES (paths of .md
# files, separated by "|"): rows of { "folder/name", "text" }.
#   cmake -DPAGES=… -DOUTPUT=… -P EmbedPages.cmake
string(REPLACE "|" ";" _pages "${PAGES}")
set(_rows "")
foreach(_page IN LISTS _pages)
  file(READ "${_page}" _text)
  get_filename_component(_name "${_page}" NAME_WE)
  get_filename_component(_folder "${_page}" DIRECTORY)
  get_filename_component(_folder "${_folder}" NAME)
  string(APPEND _rows "{\"${_folder}/${_name}\", R\"~~page~~(${_text})~~page~~\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "${_rows}")
