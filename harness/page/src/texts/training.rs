//! What the pages of trainees and trainers say.

use marslab_model::world::Language;

texts! {
    TrainingTexts:
    ticket: "The ticket", "チケット", "티켓", "工單";
    trainer_says: "Your trainer says", "トレーナーより", "트레이너의 안내", "講師的說明";
    work: "Your work", "作業", "진행", "您的工作";
    time_left: "Time left", "残り時間", "남은 시간", "剩餘時間";
    hint: "Hint", "ヒント", "힌트", "提示";
    check: "Check whether it works", "正常に動作するか確認", "작동 여부 확인", "檢查是否正常運作";
    cause: "Cause", "原因", "원인", "原因";
    submit: "Submit the cause", "原因を提出", "원인 제출", "提交原因";
    remedy: "Documented remedy, for what no command here can do", "ここのコマンドではできない、文書化された対処方法",
        "여기의 명령으로 할 수 없는, 문서화된 해결 방법", "此處命令無法完成的、文件記載的補救方法";
    carry_out: "Have it carried out", "実施してもらう", "실행 요청", "請人執行";
    note: "Note", "メモ", "메모", "筆記";
    keep: "Keep the note", "メモを残す", "메모 저장", "保留筆記";
    end: "End, and see the score", "終了してスコアを見る", "끝내고 점수 보기", "結束並查看分數";
    end_led: "End the exercise", "演習を終了", "연습 끝내기", "結束練習";
    waiting: "Your trainer has not started the exercise yet. This page goes on by itself.",
        "トレーナーはまだ演習を開始していません。このページは自動的に進みます。",
        "트레이너가 아직 연습을 시작하지 않았습니다. 이 페이지는 자동으로 진행됩니다.",
        "講師尚未開始練習。本頁會自動繼續。";
    starting: "The exercise is being set up.", "演習を準備しています。", "연습을 준비하고 있습니다.", "正在準備練習。";
    ended: "You have ended the exercise. Your trainer will show the answer.", "演習を終了しました。答えはトレーナーが表示します。",
        "연습을 끝냈습니다. 정답은 트레이너가 표시합니다.", "您已結束練習。解答將由講師顯示。";
    time_is_up: "The time is up. Your trainer will show the answer.", "時間切れです。答えはトレーナーが表示します。",
        "시간이 다 되었습니다. 정답은 트레이너가 표시합니다.", "時間到了。解答將由講師顯示。";
    failed: "The lab could not go on with this exercise.", "ラボはこの演習を続行できませんでした。",
        "랩에서 이 연습을 계속할 수 없었습니다.", "實驗室無法繼續此練習。";
    result: "Result", "結果", "결과", "結果";
    of_100: "of 100 points", "/ 100 点", "/ 100점", "/ 100 分";
    counts: "What counts", "評価項目", "평가 항목", "評分項目";
    points: "Points", "点数", "점수", "分數";
    your_lines: "What you typed", "入力した内容", "입력한 내용", "您輸入的內容";
    next: "Next exercise", "次の演習", "다음 연습", "下一個練習";
    class: "Class", "クラス", "수업", "課程";
    exercise: "Exercise", "演習", "연습", "練習";
    nothing_set: "Choose a lesson or a scenario. Your trainees wait until you start it.",
        "レッスンまたはシナリオを選んでください。開始するまで、受講者は待機します。",
        "레슨이나 시나리오를 선택하세요. 시작할 때까지 수강생은 기다립니다.",
        "請選擇課程或情境。在您開始之前,學員會等待。";
    choose: "What is done", "実施内容", "진행할 내용", "要進行的內容";
    lesson: "Lesson", "レッスン", "레슨", "課程單元";
    set: "Choose", "選択", "선택", "選擇";
    start: "Start the first exercise", "最初の演習を開始", "첫 번째 연습 시작", "開始第一個練習";
    end_all: "End for all", "全員の演習を終了", "모두의 연습 끝내기", "結束所有人的練習";
    reveal_all: "End for all, and show the answer", "全員の演習を終了して答えを表示", "모두의 연습을 끝내고 정답 표시", "結束所有人的練習並顯示解答";
    key: "The answer, for you alone", "答え (トレーナー用)", "정답 (트레이너용)", "解答(僅供講師)";
    trainees: "Trainees", "受講者", "수강생", "學員";
    trainee: "Trainee", "受講者", "수강생", "學員";
    lines: "Lines", "入力行", "입력 줄", "輸入行數";
    looked_at: "Looked at", "確認済み", "살펴봄", "已檢查";
    hints: "Hints", "ヒント", "힌트", "提示";
    checks: "Checks", "確認", "확인", "檢查";
    submitted: "Causes", "提出した原因", "제출한 원인", "提交的原因";
    score: "Score", "スコア", "점수", "分數";
    is_waiting: "Waiting", "待機中", "대기 중", "等待中";
    is_working: "At it", "作業中", "진행 중", "進行中";
    is_cured: "Cured", "解決", "해결됨", "已解決";
    is_masked: "Works, still broken", "動作するが未解決", "작동하지만 미해결", "可運作但未修復";
    is_not_cured: "Not cured", "未解決", "해결되지 않음", "未解決";
}
