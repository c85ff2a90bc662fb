"""Harmful phrases in the other languages that the program has lists for."""

import unicodedata

import pytest

from pack.load import read_pack
from pack.model import Pack
from preflight.language.safe_messaging import unaccompanied
from preflight.language.word_lists import fold, load
from tests.conftest import CONTENT


@pytest.mark.parametrize(
    ("language", "text", "remedy"),
    [
        ("ar", "ارتكب الانتحار.", "توفي بالانتحار"),
        ("ar", "قيل إنه وارتَكَبَ الإنتِحـــار.", "توفي بالانتحار"),
        ("ar", "لا تقلق؛ هذا ذنبك.", "the child is the victim"),
        ("ar", "كان عليها ألّا\nترسل الصورة.", "blames the child"),
        ("ar", "الفيديو من المواد **الإباحية** للأطفال.", "مواد الاعتداء الجنسي"),
        ("ar", "يمكن دائمًا إزالة الصور.", "nobody can promise"),
        ("ar", "خذوا هاتفه.", "Don't punish children"),
        ("ru", "Мальчик совершил самоубийство.", "смерть в результате суицида"),
        ("ru", "После неудавшейся\nпопытки ей помогли.", "death is not a success"),
        ("ru", "Эпидемия суицидов.", "больше смертей"),
        ("ru", "Девочка бросилась с моста.", "Leave out how"),
        ("ru", "Он поддался на шантаж.", "его заставили"),
        ("ru", "Дети попались на **удочку**.", "обманули"),
        ("ru", "Она сама виновата.", "the child is the victim"),
        ("ru", "Нет, это твоя вина.", "the child is the victim"),
        ("ru", "Не плачь: ребёнок виноват.", "the child is the victim"),
        ("ru", "НАДО БЫЛО рассказать раньше.", "blames"),
        ("ru", "Осторожнее с тем, что отправляешь!", "where to get help"),
        ("ru", "Это глупая ошибка.", "Don't judge"),
        ("ru", "Это называют детской порнографией.", "материалы о сексуальном насилии над детьми"),
        ("ru", "Так называемая порно-месть.", "без согласия"),
        ("ru", "Секс с несовершеннолетними.", "сексуальное насилие над ребёнком"),
        ("ru", "Фото всегда удаётся удалить.", "nobody can promise"),
        ("ru", "Заберите телефон.", "Don't punish children"),
        ("vi", "Một em đã tự tử không thành.", "death is not a success"),
        ("vi", "Có một LÀN SÓNG\ntự sát.", "alarm makes suicide seem common"),
        ("vi", "Đó là **lỗi** của con.", "the child is the victim"),
        ("vi", "Lẽ ra em không nên gửi.", "Say what to do now"),
        ("vi", "Nhiều em đã sập bẫy.", "bị lừa"),
        ("vi", unicodedata.normalize("NFD", "Các em nhẹ dạ."), "Don't judge"),
        ("vi", "Ảnh luôn xoá được.", "nobody can promise"),
        ("vi", "Đây là ảnh khiêu dâm trẻ em.", "it is abuse"),
        ("zh-Hans", "他畏罪自杀。", "自杀身亡"),
        ("zh-Hans", "有些孩子落入\n圈套。", "被哄骗"),
        ("zh-Hans", "这是**孩子**的错。", "the child is the victim"),
        ("zh-Hans", "不要怕。你也有责任！", "the child is the victim"),
        ("zh-Hans", "这叫儿童 色情。", "儿童性虐待材料"),
        ("zh-Hans", "APP里的儿童⾊情图像。", "儿童性虐待材料"),
        ("zh-Hans", "照片一定能删除。", "nobody can promise"),
        ("zh-Hans", "请马上没收孩子的手机。", "Don't punish children"),
    ],
)
def test_a_language_has_its_own_harmful_phrases(language: str, text: str, remedy: str) -> None:
    (found,) = _remedies(text, language)
    assert remedy in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "ar",
            "هذا ليس ذنبك، ولم يكن ذنبك. توفي بالانتحار. لا تأخذوا هاتفه. خلال أيام أذنبت الشركة.",
        ),
        ("ru", "Это не твоя вина. Умер в результате суицида."),
        ("ru", "Не думай, что это твоя вина."),
        ("ru", "Никто не может обещать, что фото всегда удаётся удалить."),
        ("ru", "Не отбирайте телефон. Приём ведётся на русском языке."),
        ("ru", "Вы обязательно найдёте помощь."),
        ("vi", "Đó không phải lỗi của em. Một em đã qua đời do tự tử."),
        ("vi", "Không ai có thể hứa rằng ảnh luôn xóa được."),
        ("vi", "Lưu giữ cả tin nhắn. Trẻ bị lừa, và trẻ là nạn nhân."),
        ("zh-Hans", "这不是你的错。孩子没有错，已有人自杀身亡。"),
        ("zh-Hans", "照片不一定能删除。没有人能保证移除。"),
        ("zh-Hans", "请不要没收孩子的手机，也别没收手机。"),
        ("zh-Hans", "年轻生命宝贵。在网上当众羞辱别人是违法的。高中招生。这不该发生。"),
    ],
)
def test_harm_may_be_denied_and_words_may_look_similar(language: str, text: str) -> None:
    assert _remedies(text, language) == []


def test_the_letter_yo_may_have_its_dots_or_not() -> None:
    assert _remedies("Ребёнок виноват.", "ru") == _remedies("Ребенок виноват.", "ru") != []


@pytest.mark.parametrize(
    ("language", "pages", "without"),
    [
        ("ru", ["Он думал\nо суициде.", "Мысли о самоубийстве: 988", "Поговорите."], [1]),
        ("vi", ["Có em nghĩ đến tự\ntử.", "Phòng ngừa tự sát: 988", "Hãy nói chuyện."], [1]),
        (
            "zh-Hans",
            ["有人想自\r\n杀。", "如果想自杀，请拨打988求助。", "和孩子谈谈。", "自杀：19880"],
            [1, 4],
        ),
        *(
            ("ar", [f"هنا كلمة {word}.", f"هنا كلمة {word}: 988", "من خلال الحوار"], [1])
            # With what is joined to them, and as PDFs have them.
            for word in ("للانتحار", "وبالاِنتحار", "سينتحر", "باالنتحار", "لالنتحار")
        ),
    ],
)
def test_pages_about_suicide_need_the_number(
    language: str, pages: list[str], without: list[int]
) -> None:
    assert [finding.page for finding in unaccompanied(pages, _in(language))] == without


def _remedies(text: str, language: str) -> list[str]:
    """Of all harmful phrases in a text."""
    lists = load(language)
    found = (one.found(fold(text), lists.denials, lists.conjunctions) for one in lists.never)
    return [one.remedy for one, phrases in zip(lists.never, found, strict=True) if any(phrases)]


def _in(language: str) -> Pack:
    pack = read_pack(CONTENT)
    return pack.model_copy(update={"about": pack.about.model_copy(update={"language": language})})
