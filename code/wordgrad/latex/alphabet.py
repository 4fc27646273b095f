"""What each LaTeX command, Unicode sign and plain word stands for: the tables of the lexer."""


def _table(rows: str) -> dict[str, tuple[str, str]]:
    """Rows `KIND value: name name ...` as a dictionary name -> (kind, value)."""
    table: dict[str, tuple[str, str]] = {}
    for row in filter(None, rows.splitlines()):
        meaning, _, names = row.partition(": ")
        kind, value = meaning.split()
        table |= dict.fromkeys(names.split(), (kind, value))
    return table


def kinds(names: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(names.split())


GREEK = kinds(
    """alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi
    pi rho sigma tau upsilon phi varphi chi psi omega
    Gamma Delta Theta Lambda Xi Pi Upsilon Phi Psi Omega"""
)
_FUNCTIONS = """
FUNC exp: exp
FUNC log: log ln
FUNC sigma: sigma sigmoid logistic
FUNC softmax: softmax
FUNC softplus: softplus
FUNC tanh: tanh
FUNC diag: diag
FUNC sqrt: sqrt
BIG sum: sum Sigma
BIG prod: prod
"""
# Letters that are applied when "(" follows; every other letter before "(" is a factor.
CALLEES = kinds("J L F P p calL calJ ell")
# Losses: letters behind them in a subscript are a word (`J_{sg}`), never indices.
LOSSES = kinds("J L calL calJ")
# Small letters that have a value; the others select a word, a component or a position.
QUANTITIES = kinds("u v x y z h s g b q r e f p")

COMMANDS = {name: ("NAME", name) for name in GREEK} | _table(
    _FUNCTIONS
    + r"""
FRAC frac: frac dfrac tfrac cfrac
TRANS top: top intercal T transpose
LE \le: le leq leqslant
NEQ \neq: ne neq
SETMINUS \setminus: setminus backslash smallsetminus
MID |: mid vert lvert rvert
NORM \|: Vert |
LNORM \lVert: lVert
RNORM \rVert: rVert
DOTS dots: dots ldots cdots vdots ddots dotsc dotsb
EQ =: equiv
REL \Rightarrow: Rightarrow implies therefore iff Leftrightarrow Longrightarrow
REL \approx: approx simeq
REL :=: coloneqq triangleq
PARTIAL 1: partial part
END end: blacksquare square qed Box
PRIME ': prime
NAME ell: ell
NAME P: Pr
EXPECT E: E
NABLA nabla: nabla
CDOT cdot: cdot
TIMES times: times ast
ODOT odot: odot circ
OTIMES otimes: otimes
LT <: lt
IN \in: in
SIM \sim: sim
COMMA ,: atop
LANGLE \langle: langle
RANGLE \rangle: rangle
LSET \{: { lbrace
RSET \}: } rbrace
LSQB [: lbrack
RSQB ]: rbrack
DOLLAR $: [ ] ( )
"""
)
# Commands that change the look only; the first table takes no argument, the second loses it.
SKIPPED = kinds(
    """left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm
    limits nolimits displaystyle textstyle scriptstyle quad qquad thinspace negthinspace enspace
    nonumber notag bf it mathop mathrel mathbin mathord boxed boldmath mathbf boldsymbol bm vec
    pmb textbf mathnormal underline , ; : ! >"""
) | {" ", "\n", "\t"}
SKIPPED_WITH_ARGUMENT = kinds("label tag hspace vspace color textcolor overset stackrel")
BOLD = kinds("mathbf boldsymbol bm pmb textbf")
UPRIGHT = kinds(
    """text mathrm operatorname textrm textnormal mbox mathsf textsf mathit textit mathtt texttt
    rm sf tt textup"""
)
UPRIGHT_SWITCHES = kinds("rm sf tt")
BLACKBOARD = kinds("mathbb mathds mathbbm")
# command -> what is added to the letter's name ("cal" in front, the others behind)
ACCENTS = {
    name: accent
    for accent, names in {
        "hat": "hat widehat",
        "bar": "bar overline",
        "tilde": "tilde widetilde",
        "cal": "mathcal mathscr cal",
    }.items()
    for name in names.split()
}
ENVIRONMENTS = (
    dict.fromkeys(kinds("bmatrix pmatrix matrix array"), "MATRIX")
    | dict.fromkeys(kinds("cases dcases rcases"), "CASES")
    | dict.fromkeys(kinds("align aligned alignedat equation split gather gathered multline"), "")
    | dict.fromkeys(kinds("align* equation* gather* multline* eqnarray eqnarray* displaymath"), "")
)
OPEN_CLOSE = {
    "LPAR": "RPAR",
    "LSQB": "RSQB",
    "LSET": "RSET",
    "LBRACE": "RBRACE",
    "LANGLE": "RANGLE",
    "LNORM": "RNORM",
    "BEGIN_CASES": "END_CASES",
    "BEGIN_MATRIX": "END_MATRIX",
}

SIGNS = _table(
    r"""
PLUS +: +
MINUS -: - − –
SLASH /: /
TIMES times: * × ∗
EQ =: = ≡
LT <: <
LE \le: ≤ ⩽ <=
NEQ \neq: ≠ !=
IN \in: ∈
SIM \sim: ∼
MID |: | ∣
LPAR (: (
RPAR ): )
LSQB [: [
RSQB ]: ]
LBRACE {: {
RBRACE }: }
SUB _: _
SUP ^: ^ **
PRIME ': ' ′ ’
COMMA ,: ,
SEMI ;: ;
END .: . ∎
AMP &: &
CDOT cdot: · ⋅ ∙
ODOT odot: ⊙ ∘
OTIMES otimes: ⊗
PARTIAL 1: ∂
NABLA nabla: ∇
LANGLE ⟨: ⟨
RANGLE ⟩: ⟩
NORM \|: ‖
TRANS top: ⊤
SETMINUS \setminus: ∖
DOTS dots: … ⋯ ⋮ ... ..
ONE 1: 𝟙
EXPECT E: 𝔼
REL \approx: ≈
REL \Rightarrow: ⇒ ∴ ⇔ =>
REL :=: ≔ :=
BIG sum: ∑ Σ
BIG prod: ∏
FUNC sigma: σ ς
FUNC sqrt: √
NAME ell: ℓ
"""
) | {
    pair[0]: ("NAME", pair[1:])
    for pair in kinds(
        """αalpha βbeta γgamma δdelta εepsilon ζzeta ηeta θtheta ιiota κkappa λlambda μmu νnu ξxi
        πpi ρrho τtau υupsilon φphi χchi ψpsi ωomega ϑvartheta ϕphi ΓGamma ΔDelta ΘTheta ΛLambda
        ΞXi ΠPi ΦPhi ΨPsi ΩOmega"""
    )
}
LONGEST_SIGN = 3
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵀˣ", "0123456789-+Tx", strict=True))
SUBSCRIPTS = dict(
    zip("₀₁₂₃₄₅₆₇₈₉₋₊ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789-+aehijklmnoprstuvx", strict=True)
)
COMBINING = {"\u0302": "hat", "\u0304": "bar", "\u0305": "bar", "\u0303": "tilde"}
INVISIBLE = "\u200b\u200c\u200d\u2060\u2061\ufeff"

# Plain words (ASCII, or upright in LaTeX) that are more than a product of letters.
WORDS = {name: ("NAME", name) for name in GREEK if len(name) > 3} | _table(
    _FUNCTIONS
    + """
NAME yhat: yhat
NAME vhat: vhat
NAME uhat: uhat
NAME thetahat: thetahat
NAME ubar: ubar
NAME vbar: vbar
NAME ytilde: ytilde
PARTIAL 1: partial
NABLA nabla: nabla
WORD Vocab: Vocab
WORD vocab: vocab
WORD CE: CE
WORD BCE: BCE
WORD KL: KL
WORD NLL: NLL
WORD loss: loss
IF if: if for when where
OTHERWISE otherwise: otherwise else
"""
)
PROSE = kinds("and the let then thus hence since with we are is by so from that this")
