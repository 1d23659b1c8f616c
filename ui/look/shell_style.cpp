#include "look/shell_style.h"

#include "look/theme.h"

#include <QHash>

namespace millrace::studio {

namespace {

const char* const kSheet = R"(
QWidget[look="hairline"] { background: @line@; }
QWidget[look="status"] { background: @panel@; }
QWidget[look="notice"] { background: @accentSoft@; border-bottom: 1px solid @line@; }
QWidget[look="notice"][tone="error"] { border-left: 4px solid @fail@; }
QWidget[look="side"] { background: @panel@; border-right: 1px solid @line@; }
QWidget[look="ground"] { background: @window@; }
QLabel[look="onAccent"] { color: @onAccent@; }
QPushButton[look="link"] { background: transparent; border: none; color: @text@; padding: 0; min-height: 22px;
  text-align: left; }
QPushButton[look="link"]:hover, QPushButton[look="link"]:focus { color: @accentText@; border: none; padding: 0;
  min-height: 22px; text-decoration: underline; }
QLineEdit[look="bare"] { background: transparent; border: 1px solid transparent; padding: 0; min-height: 22px; }
QLineEdit[look="bare"]:hover { border-bottom: 1px solid @line@; }
QLineEdit[look="bare"]:focus { border: none; border-bottom: 2px solid @accent@; padding: 0; min-height: 21px; }
QPushButton[look="field"] { background: @field@; border: 1px solid @line@; border-radius: 7px; padding: 0 11px;
  min-height: 28px; text-align: left; font-weight: 400; }
QPushButton[look="field"]:focus { border: 2px solid @accent@; padding: 0 10px; min-height: 26px; }
QPushButton[look="field"][invalid="true"] { border-color: @fail@; }
QPushButton[look="field"] { background-image: url(:/icons/chevron.svg); background-repeat: no-repeat;
  background-origin: content; background-position: center right; }
QComboBox::down-arrow { image: url(:/icons/chevron.svg); width: 12px; height: 12px; }
QToolButton[look="flat"]:checked { background: @accentSoft@; }
QToolButton[look="flat"]:!checked { color: @second@; }
QTreeView[look="palette"]::item { min-height: 29px; padding: 0 4px 0 12px; border-radius: 0; }
QTabWidget::tab-bar { left: 0; }
QTabWidget { background: @panel@; }
QToolButton[look="legend"] { background: transparent; border: 1px solid transparent; color: @text@; padding: 0 2px;
  min-height: 22px; font-weight: 400; }
QToolButton[look="legend"]:!checked { color: @second@; }
QToolButton[look="legend"]:hover, QToolButton[look="legend"]:focus { border: 1px solid @accent@; padding: 0 4px;
  min-height: 22px; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; }
QPushButton[wide="true"] { text-align: left; padding-left: 15px; min-height: 34px; }
QPushButton[wide="true"]:focus { padding-left: 14px; min-height: 32px; }
)";

} // namespace

QString shellStyle(const look::Colours& c) {
    const QHash<QString, QColor> names{{"line", c.line},
                                       {"panel", c.panel},
                                       {"window", c.window},
                                       {"text", c.text},
                                       {"second", c.second},
                                       {"accent", c.accent},
                                       {"field", c.field},
                                       {"accentText", c.accentText},
                                       {"accentSoft", c.accentSoft},
                                       {"onAccent", c.onAccent},
                                       {"fail", c.fail}};
    QString sheet = QString::fromLatin1(kSheet);
    for (auto it = names.begin(); it != names.end(); ++it)
        sheet.replace(QLatin1Char('@') + it.key() + QLatin1Char('@'), it.value().name());
    return sheet;
}

} // namespace millrace::studio
