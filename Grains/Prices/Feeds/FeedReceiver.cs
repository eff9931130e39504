using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using OrleansTicker.Common.WebSockets;
using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>Receives an exchange's messages on one connection and does what they ask for.</summary>
/// <param name="feed">The feed.</param>
/// <param name="situation">Is told what was last seen.</param>
/// <param name="socket">The connection.</param>
/// <param name="sender">Sends on it.</param>
/// <param name="products">The products that are subscribed on it.</param>
/// <param name="isReplacement">Whether another connection carries the same products.</param>
internal sealed partial class FeedReceiver(
    FeedState feed, FeedSituation situation, WebSocket socket, MessageSender sender, IReadOnlyList<string> products, bool isReplacement)
{
    /// <summary>How long to wait after a refusal before the others are subscribed again: until it shows which ones it has cost.</summary>
    public static readonly TimeSpan ResubscribeDelay = TimeSpan.FromSeconds(1);

    /// <summary>How much of the exchange's words is logged and reported.</summary>
    private const int MaxTextLength = 200;

    /// <summary>The buffer of a connection on which no message is longer.</summary>
    private const int BufferBytes = 64 * 1024;

    private readonly ILogger _logger = feed.Loggers.CreateLogger<FeedReceiver>();
    private readonly TaskCompletionSource _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _replacementDue = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _resubscribing = Task.CompletedTask;
    private bool _hasLoggedUnusable;
    private bool _hasLoggedError;
    private string? _error;
    private long _heardAt = feed.Time.GetTimestamp();

    /// <summary>Ends when prices have come after everything was subscribed.</summary>
    public Task Delivered => _delivered.Task;

    /// <summary>Ends when the connection is to be replaced before it ends.</summary>
    public Task ReplacementDue => _replacementDue.Task;

    /// <summary>Whether a price has come.</summary>
    public bool HasPrices { get; private set; }

    /// <summary>How long the exchange has shown no sign of life on this connection.</summary>
    public TimeSpan Silence => feed.Time.GetElapsedTime(Interlocked.Read(ref _heardAt));

    /// <summary>The last error, for the log; empty if there was none.</summary>
    public string AfterError => _error is null ? "" : $", after the error '{_error}'";

    private string Closed => $"the exchange closed it with {socket.CloseStatus} '{ToWords(socket.CloseStatusDescription)}'{AfterError}";

    /// <summary>Begins the silence anew: the connection has opened, or the exchange has shown a sign of life on it.</summary>
    public void NoteLife() => Interlocked.Exchange(ref _heardAt, feed.Time.GetTimestamp());

    public void RequestReplacement() => _replacementDue.TrySetResult();

    /// <summary>Receives until the exchange closes the connection. A broken connection throws.</summary>
    public async Task<ConnectionEnd> ReceiveAsync(CancellationToken cancellationToken)
    {
        var messages = new MessageReader(socket, feed.MaxMessageBytes, BufferBytes);
        while (true)
        {
            var (kind, text) = await messages.ReadAsync(cancellationToken);
            if (kind == ReceivedKind.Closed)
            {
                return new ConnectionEnd(Closed);
            }

            var now = feed.Traffic.Elapsed;
            ConnectionEnd? end = null;
            if (kind == ReceivedKind.Text)
            {
                end = Handle(text.Span, now, cancellationToken);
            }
            else
            {
                ReportUnusable(kind.ToString());
            }

            feed.Traffic.CountMessage(now); // When it has been handled: who sees the count sees what came of the message.
            end ??= await messages.TrySkipAsync(cancellationToken) ? null : new ConnectionEnd(Closed);
            if (end is not null)
            {
                return end;
            }
        }
    }

    /// <summary>Waits for what it does beside receiving, after it was cancelled.</summary>
    public async Task FinishAsync() => await _resubscribing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private ConnectionEnd? Handle(ReadOnlySpan<byte> text, TimeSpan now, CancellationToken cancellationToken)
    {
        feed.Recorder?.Record(text);
        var message = feed.Book.Read(text, now, feed.Time.GetUtcNow());
        switch (message.Kind)
        {
            case ExchangeMessageKind.Unreadable:
                ReportUnusable(nameof(ExchangeMessageKind.Unreadable)); // No sign of life: an exchange that sends nothing else is silent.
                return null;
            case ExchangeMessageKind.Error:
                return TakeError(message.Text ?? "", cancellationToken);
            case ExchangeMessageKind.Data:
                HasPrices = true;
                situation.NotePrice();
                if (!_delivered.Task.IsCompleted && sender.FirstSent.IsCompleted)
                {
                    _delivered.TrySetResult();
                }

                break;
            case ExchangeMessageKind.Reconnect:
                if (!_replacementDue.Task.IsCompleted)
                {
                    LogAsksToReconnect(feed.Exchange.Name, ToWords(message.Text));
                }

                RequestReplacement();
                break;
            default:
                situation.NoteLife();
                break;
        }

        NoteLife();
        feed.Traffic.NoteLife();
        if (message.Time is { } stamp)
        {
            feed.Clock.Observe(stamp, isNow: message.Kind == ExchangeMessageKind.Heartbeat);
        }

        return null;
    }

    /// <summary>
    /// Leaves out the products that an error names. An error that names none is logged and does not count as a sign of life. One about a
    /// product that flows refuses nothing.
    /// </summary>
    private ConnectionEnd? TakeError(string error, CancellationToken cancellationToken)
    {
        situation.Now = FeedSituation.Refusing;
        _error = ToWords(error);
        if (!feed.Refusals.TryRefuse(products.Where(product => !feed.Book.IsFlowing(product)), error, _error))
        {
            ReportError(_error);
            return null;
        }

        NoteLife();
        if (feed.Refusals.LeftOf(products).Count == 0)
        {
            if (feed.Refusals.LeftOf(feed.Products.Products).Count == 0)
            {
                feed.Refusals.Forget(feed.Products.Products, all: true); // It is not the products: all are asked for again with the next attempt.
            }

            return new ConnectionEnd("the exchange refuses every product", Situation: FeedSituation.Refusing);
        }

        if (_resubscribing.IsCompleted)
        {
            _resubscribing = ResubscribeAsync(cancellationToken);
        }

        return null;
    }

    /// <summary>
    /// Subscribes again what does not flow after a refusal: some exchanges subscribe nothing of a message in which they refuse one product.
    /// Where another connection carries the same products, it can't be told what flows on this one.
    /// </summary>
    private async Task ResubscribeAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(ResubscribeDelay, feed.Time, cancellationToken);
        var left = feed.Refusals.LeftOf(products).Where(product => isReplacement || !feed.Book.IsFlowing(product)).ToList();
        if (left.Count > 0)
        {
            sender.Send(feed.Exchange.Subscribe(left));
        }
    }

    /// <summary>The beginning of the exchange's words, without what a log or a terminal would obey instead of showing it.</summary>
    private static string ToWords(string? text) => new([.. (text ?? "").Take(MaxTextLength).Select(c => char.IsControl(c) ? ' ' : c)]);

    private void ReportUnusable(string kind)
    {
        situation.Now = FeedSituation.Unusable;
        feed.Traffic.CountUnusable();
        if (!_hasLoggedUnusable)
        {
            _hasLoggedUnusable = true;
            LogUnusable(feed.Exchange.Name, kind);
        }
    }

    private void ReportError(string error)
    {
        if (!_hasLoggedError)
        {
            _hasLoggedError = true;
            LogError(situation.IsNewError(error) ? LogLevel.Warning : LogLevel.Debug, feed.Exchange.Name, error);
        }
    }

    [LoggerMessage(2011, LogLevel.Warning, "{Exchange} sent a message that is passed over: {Kind}. More on this connection are not told")]
    private partial void LogUnusable(string exchange, string kind);

    [LoggerMessage(EventId = 2012, Message = "{Exchange} says: {Error}. More errors on this connection are not told")]
    private partial void LogError(LogLevel level, string exchange, string error);

    [LoggerMessage(2021, LogLevel.Information, "{Exchange} asks to connect again: '{Text}'")]
    private partial void LogAsksToReconnect(string exchange, string text);
}
