# Types $2 and TAB into an interactive zsh that has loaded the completion script $1; prints the line.
zmodload zsh/zpty
line=$(mktemp)
zpty shell zsh -f -i
zpty -w shell "PS1='> '; TERM=dumb; autoload -Uz compinit && compinit -u -D; source $1"
zpty -w shell "report() { print -r -- \$BUFFER >$line; }; zle -N report; bindkey '^Xr' report; print LOAD''ED"
zpty -r -m shell output '*LOADED*'
zpty -w -n shell "$2"$'\t\C-xr'
while [[ ! -s $line ]]; do
    zpty -r -t shell output
    sleep 0.02
done
print -r -- "$(<$line)"
rm -f $line
zpty -d shell
