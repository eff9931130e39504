using System.Net;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>
/// Fifty clients with a valid token, each of which reads candles without end, page after page, until it has asked for a million. Half of them
/// read no page to its end: they reset the connection, or leave the rest unread. Now and then they ask for a whole download.
/// </summary>
internal sealed class HistoryFlood : IAttack
{
    private const int Clients = 50;
    private const int PageLength = 5000;
    private const int CandlesEach = 1_000_000;
    private const int PagesPerDownload = 10;

    private static readonly string[] Formats = ["csv", "parquet"];

    public string Name => "history-floods";

    public string Title => "clients that read a million candles each";

    public int Count => Clients * (CandlesEach / PageLength);

    public async Task ExecuteAsync(Attackers attackers, CancellationToken cancellationToken)
    {
        var readers = Enumerable.Range(0, Clients).Select(number => new HistoryReader(attackers, number, HabitOf(number))).ToList();
        try
        {
            await attackers.SpreadAsync(attackers.Scaled(Count), Clients, (number, lane, stop) => AskAsync(attackers, readers[lane], number, stop), cancellationToken);
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    private static ReadingHabit HabitOf(int client) => (client % 4) switch
    {
        1 => ReadingHabit.Resets,
        3 => ReadingHabit.LeavesUnread,
        _ => ReadingHabit.ReadsAll,
    };

    private static async Task AskAsync(Attackers attackers, HistoryReader reader, int number, CancellationToken cancellationToken)
    {
        var (turn, client) = (number / Clients, number % Clients);
        var symbol = InventedHistory.Symbols[client % InventedHistory.Symbols.Count].Symbol;
        try
        {
            var status = turn % PagesPerDownload == PagesPerDownload - 1
                ? await reader.AskAsync($"/api/v1/candles.{Formats[turn / PagesPerDownload % Formats.Length]}?symbol={symbol}&interval=1m", cancellationToken)
                : await reader.AskForPageAsync($"/api/v1/candles?symbol={symbol}&interval={(client / 4 % 2 == 0 ? "1m" : "1s")}&limit={PageLength}", cancellationToken);
            attackers.Answers.Add($"HTTP {(int)status}");
        }
        catch (OperationCanceledException)
        {
            attackers.Answers.Add(Answers.None);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            attackers.Answers.Add(Answers.Refused);
        }
        catch (Exception e) when (e is HttpRequestException || RawConnection.IsEnd(e))
        {
            attackers.Answers.Add(Answers.Cut);
        }
    }
}
