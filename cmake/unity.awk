# Puts sources together into fewer files for the compiler: awk -f unity.awk -v root=DIR -v out=DIR -v most=N FILE…
# prints the paths of what it wrote; the sources are included by their paths below `root`. What several files call alike in their unnamed namespaces keeps them apart, but for
# constants (kName), which get the file's name behind theirs; so nobody has to think of other files when naming things.

function addName(name) {
    if (name ~ /::/ || name !~ /^[A-Za-z_][A-Za-z_0-9]*$/ || name ~ /^(if|for|return|template|operator|else|public|private)$/) return
    names[file] = names[file] " " name
}
function declared(line,   head) {
    sub(/\/\/.*/, "", line)
    if (line ~ /^(struct|class|union|enum)[ ]/) {
        sub(/^(struct|class|union|enum)[ ]+/, "", line)
        sub(/^class[ ]+/, "", line)
        match(line, /^[A-Za-z_0-9:]+/)
        addName(substr(line, 1, RLENGTH))
        return
    }
    if (line ~ /^using[ ]/) {
        sub(/^using[ ]+/, "", line)
        match(line, /^[A-Za-z_0-9]+/)
        if (RLENGTH > 0) addName(substr(line, 1, RLENGTH))
        return
    }
    head = line
    sub(/[(={;].*/, "", head)
    sub(/\[.*/, "", head)
    sub(/[ ]+$/, "", head)
    if (match(head, /[A-Za-z_0-9:~]+$/)) addName(substr(head, RSTART, RLENGTH))
}

FNR == 1 { file = FILENAME; files[++count] = file; unnamed = 0 }
/^namespace \{/ { unnamed = 1; next }
/^\} \/\/ namespace$/ { unnamed = 0; next }
/^static / || (/^using / && !/^using namespace/) { line = $0; sub(/^static /, "", line); declared(line); next }
unnamed && /^[A-Za-z]/ { declared($0) }

END {
    groups = 0
    for (i = 1; i <= count; i++) {
        n = split(names[files[i]], own, " ")
        place = 0
        for (g = 1; g <= groups && !place; g++) {
            if (size[g] >= most) continue
            fits = 1
            for (k = 1; k <= n && fits; k++)
                if (own[k] !~ /^k[A-Z]/ && ((g, own[k]) in taken)) fits = 0
            if (fits) place = g
        }
        if (!place) place = ++groups
        size[place]++
        renames = ""; undo = ""
        stem = files[i]; sub(/.*\//, "", stem); sub(/\.cpp$/, "", stem); gsub(/[^A-Za-z0-9]/, "_", stem)
        for (k = 1; k <= n; k++) {
            if (own[k] ~ /^k[A-Z]/ && renames !~ ("#define " own[k] " ")) {
                renames = renames "#define " own[k] " " own[k] "_" stem "\n"
                undo = undo "#undef " own[k] "\n"
            }
            taken[place, own[k]] = 1
        }
        text[place] = text[place] renames "#include \"" substr(files[i], length(root) + 2) "\"\n" undo
    }
    for (g = 1; g <= groups; g++) {
        path = out "/together_" g ".cpp"
        old = ""
        while ((getline line < path) > 0) old = old line "\n"
        close(path)
        if (old != text[g]) { printf "%s", text[g] > path; close(path) }
        print path
    }
}
