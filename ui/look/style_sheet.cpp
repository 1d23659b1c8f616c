#include "look/style_sheet.h"

#include "look/theme.h"

#include <QHash>

namespace millrace::look {

namespace {

// Names in @…@ stand for colours of the table. A focused control has a border 1 px wider and a padding 1 px smaller, so
// that nothing moves when the focus does.
const char* const kSheet = R"(
* { outline: none; }
QMainWindow, QDialog { background: @window@; }
QWidget[look="panel"], QDockWidget > QWidget { background: @panel@; }
QWidget[look="bar"] { background: @panel@; border: none; border-bottom: 1px solid @line@; }
QWidget[look="card"] { background: @raised@; border: 1px solid @line@; border-radius: 10px; }
QLabel { background: transparent; color: @text@; }
QLabel[look="title"] { font-weight: 600; }
QLabel[look="group"] { color: @second@; font-weight: 600; }
QLabel[look="second"] { color: @second@; }
QLabel[look="faint"] { color: @faint@; }
QLabel[look="problem"] { color: @failText@; }

QPushButton, QToolButton[look] { background: @raised@; color: @text@; border: 1px solid @line@; border-radius: 7px;
  padding: 0 13px; min-height: 28px; font-weight: 500; }
QPushButton:hover, QToolButton[look]:hover { background: @window@; }
QPushButton:pressed, QToolButton[look]:pressed { background: @accentSoft@; }
QPushButton:disabled, QToolButton[look]:disabled { color: @faint@; }
QPushButton:focus, QToolButton[look]:focus { border: 2px solid @accent@; padding: 0 12px; min-height: 26px; }
QPushButton[look="primary"] { background: @accent@; color: @onAccent@; border: 1px solid @accent@; }
QPushButton[look="primary"]:hover, QPushButton[look="primary"]:pressed { background: @accentText@; }
QPushButton[look="primary"]:focus { border: 2px solid @text@; }
QPushButton[look="primary"]:disabled { background: @line@; color: @second@; border-color: @line@; }
QPushButton[look="soft"] { background: @accentSoft@; color: @accentText@; border: 1px solid @accentSoft@; }
QPushButton[look="soft"]:hover { border-color: @accent@; }
QPushButton[look="soft"]:focus { border: 2px solid @accent@; }
QPushButton[look="flat"], QToolButton[look="flat"] { background: transparent; border: 1px solid transparent;
  color: @accentText@; padding: 0 5px; }
QPushButton[look="flat"]:hover, QToolButton[look="flat"]:hover { background: @accentSoft@; }
QPushButton[look="flat"]:focus, QToolButton[look="flat"]:focus { border: 2px solid @accent@; padding: 0 4px; }

QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QPlainTextEdit[look="field"] { background: @field@; color: @text@;
  border: 1px solid @line@; border-radius: 7px; padding: 0 11px; min-height: 28px;
  selection-background-color: @accent@; selection-color: @onAccent@; }
QLineEdit:hover, QComboBox:hover, QSpinBox:hover, QDoubleSpinBox:hover { border-color: @nodeLine@; }
QLineEdit:disabled, QComboBox:disabled { color: @faint@; background: @window@; }
QLineEdit[invalid="true"], QComboBox[invalid="true"], QSpinBox[invalid="true"] { border-color: @fail@; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QPlainTextEdit[look="field"]:focus {
  border: 2px solid @accent@; padding: 0 10px; min-height: 26px; }
QLineEdit[invalid="true"]:focus { border-color: @fail@; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox QAbstractItemView { background: @raised@; border: 1px solid @line@; padding: 4px;
  selection-background-color: @accentSoft@; selection-color: @text@; }

QTabWidget::pane { border: none; border-top: 1px solid @line@; background: @panel@; }
QTabBar { background: @panel@; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @second@; border: none; border-bottom: 2px solid transparent;
  padding: 11px 2px 9px 2px; margin: 0 12px; }
QTabBar::tab:first { margin-left: 20px; }
QTabBar::tab:hover { color: @text@; }
QTabBar::tab:selected { color: @accentText@; border-bottom: 2px solid @accent@; font-weight: 600; }
QTabBar::tab:focus { border-bottom: 2px solid @accent@; background: @accentSoft@; }

QTreeView, QListView, QTableView, QPlainTextEdit, QTextEdit { background: @panel@; color: @text@; border: none;
  alternate-background-color: @window@; selection-background-color: @accentSoft@; selection-color: @text@; }
QTreeView::item, QListView::item { min-height: 28px; padding: 0 6px; border-radius: 6px; }
QTreeView::item:hover, QListView::item:hover { background: @window@; }
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected { background: @accentSoft@; color: @text@; }
QTreeView::item:selected:focus, QListView::item:selected:focus { border: 2px solid @accent@; }
QHeaderView::section { background: @panel@; color: @second@; border: none; border-bottom: 1px solid @line@;
  padding: 6px 8px; font-weight: 600; }
QTableView { gridline-color: @line@; }

QMenuBar { background: @panel@; color: @text@; }
QMenuBar::item { background: transparent; padding: 5px 10px; border-radius: 5px; }
QMenuBar::item:selected { background: @accentSoft@; }
QMenu { background: @raised@; color: @text@; border: 1px solid @line@; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 5px; }
QMenu::item:selected { background: @accentSoft@; color: @text@; }
QMenu::item:disabled { color: @faint@; }
QMenu::separator { height: 1px; background: @line@; margin: 4px 8px; }
QToolTip { background: @raised@; color: @text@; border: 1px solid @nodeLine@; padding: 5px 8px; }
QStatusBar { background: @panel@; color: @second@; border-top: 1px solid @line@; }
QStatusBar::item { border: none; }
QSplitter::handle { background: @line@; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QMainWindow::separator { background: @line@; width: 1px; height: 1px; }
QDockWidget { color: @second@; }
QDockWidget::title { background: @panel@; padding: 6px 12px; border-bottom: 1px solid @line@; }
QScrollArea { background: @panel@; border: none; }
QScrollArea > QWidget > QWidget { background: @panel@; }
QCheckBox, QRadioButton { color: @text@; spacing: 8px; min-height: 24px; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @nodeLine@; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 28px; margin: 2px; }
QScrollBar::handle:horizontal { min-width: 28px; margin: 2px; }
QScrollBar::handle:hover { background: @off@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

QHash<QString, QColor> namesOf(const Colours& c) {
    return {{"window", c.window},         {"panel", c.panel},       {"raised", c.raised},       {"line", c.line},
            {"text", c.text},             {"second", c.second},     {"faint", c.faint},         {"accent", c.accent},
            {"accentSoft", c.accentSoft}, {"field", c.field},       {"nodeLine", c.nodeLine},   {"off", c.off},
            {"fail", c.fail},             {"failText", c.failText}, {"accentText", c.accentText}, {"onAccent", c.onAccent}};
}

} // namespace

QPalette paletteOf(const Colours& c) {
    QPalette palette(c.raised, c.window);
    palette.setColor(QPalette::Window, c.window);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.panel);
    palette.setColor(QPalette::AlternateBase, c.window);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::Button, c.raised);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.fail);
    palette.setColor(QPalette::ToolTipBase, c.raised);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::PlaceholderText, c.faint);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.onAccent);
    palette.setColor(QPalette::Link, c.accentText);
    palette.setColor(QPalette::LinkVisited, c.sink);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, c.faint);
    return palette;
}

QString styleSheetOf(const Colours& colours) {
    QString sheet = QString::fromLatin1(kSheet);
    const auto names = namesOf(colours);
    for (auto it = names.begin(); it != names.end(); ++it)
        sheet.replace(QLatin1Char('@') + it.key() + QLatin1Char('@'), it.value().name());
    return sheet;
}

} // namespace millrace::look
