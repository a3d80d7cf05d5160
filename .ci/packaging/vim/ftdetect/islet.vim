" Made of the vocabulary and the commands by: make editors
autocmd BufNewFile,BufRead *.islet setfiletype islet
