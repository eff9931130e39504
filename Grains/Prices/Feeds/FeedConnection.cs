using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Prices.Feeds.Products;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>One connection to an exchange: connects, subscribes, and lives until it ends.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It disposes its socket when it ends.")]
internal sealed partial class FeedConnection
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Timers count in milliseconds, and a shorter wait would be none.</summary>
    private static readonly TimeSpan MinWait = TimeSpan.FromMilliseconds(1);

    private readonly FeedState _feed;
    private readonly IReadOnlyList<string> _portion;
    private readonly ClientWebSocket _socket = new();
    private readonly MessageSender _sender;
    private readonly FeedReceiver _receiver;
    private readonly ILogger _logger;
    private volatile string? _reason;
    private long _openedAt;

    private FeedConnection(
        FeedState feed, FeedSituation situation, IReadOnlyList<string> portion, IReadOnlyList<string> products, bool isReplacement)
    {
        _feed = feed;
        _portion = portion;
        _logger = feed.Loggers.CreateLogger<FeedConnection>();
        _sender = new MessageSender(_socket, feed.Exchange.Rules, feed.Time);
        _receiver = new FeedReceiver(feed, situation, _socket, _sender, products, isReplacement);
        Situation = situation;
        Products = products;
        Ended = Task.FromResult(new ConnectionEnd("it was not started"));
    }

    /// <summary>The products that it carries.</summary>
    public IReadOnlyList<string> Products { get; }

    /// <summary>Ends with the connection, never in an exception.</summary>
    public Task<ConnectionEnd> Ended { get; private set; }

    /// <inheritdoc cref="FeedReceiver.Delivered"/>
    public Task Delivered => _receiver.Delivered;

    /// <inheritdoc cref="MessageSender.FirstSent"/>
    public Task Subscribed => _sender.FirstSent;

    /// <inheritdoc cref="FeedReceiver.ReplacementDue"/>
    public Task ReplacementDue => _receiver.ReplacementDue;

    /// <inheritdoc cref="FeedReceiver.HasPrices"/>
    public bool HasPrices => _receiver.HasPrices;

    /// <summary>When it was opened, as a timestamp; null if it never was.</summary>
    public long? OpenedAt => Interlocked.Read(ref _openedAt) is not 0 and var at ? at : null;

    /// <summary>Whether it is open.</summary>
    public bool IsOpen => OpenedAt is not null && !Ended.IsCompleted;

    private FeedSituation Situation { get; }

    /// <summary>Starts a connection.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="situation">Is told what was last seen.</param>
    /// <param name="portion">The products of the portion, refused ones included.</param>
    /// <param name="products">Those of them that are subscribed.</param>
    /// <param name="isReplacement">Whether another connection carries the same products until this one does.</param>
    /// <param name="stop">Ends it at once.</param>
    public static FeedConnection Start(
        FeedState feed,
        FeedSituation situation,
        IReadOnlyList<string> portion,
        IReadOnlyList<string> products,
        bool isReplacement,
        CancellationToken stop)
    {
        var connection = new FeedConnection(feed, situation, portion, products, isReplacement);
        connection.Ended = connection.RunAsync(stop);
        return connection;
    }

    /// <summary>Closes it in order, or ends it if the exchange takes too long. Returns when it has ended.</summary>
    public async Task CloseAsync()
    {
        _sender.Complete();
        try
        {
            await Ended.WaitAsync(CloseTimeout, _feed.Time);
        }
        catch (TimeoutException)
        {
            _socket.Abort();
            await Ended;
        }
    }

    private async Task<ConnectionEnd> RunAsync(CancellationToken stop)
    {
        using var socket = _socket;
        try
        {
            await _feed.ConnectPace.WaitAsync(stop);
            return await ConnectAsync(stop) ?? await LiveAsync(stop);
        }
#pragma warning disable CA1031 // Whatever ended the connection, the next one may succeed.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return new ConnectionEnd(_reason ?? FaultText.Of(fault));
        }
    }

    /// <summary>Opens the connection.</summary>
    /// <returns>Why it could not be opened, if that is known. Otherwise a failure throws.</returns>
    private async Task<ConnectionEnd?> ConnectAsync(CancellationToken stop)
    {
        // No pings or pongs of its own: the exchange's messages show that it is there, and exchanges count pongs as messages.
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        _socket.Options.CollectHttpResponseDetails = true;
        _socket.Options.SetRequestHeader("User-Agent", FeedAgent.Name);

        // Prices shrink to a fraction for a microsecond of work each. It is dangerous where secrets are sent beside what others can choose;
        // a feed sends neither.
        _socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions { ClientContextTakeover = false };
        using var timeout = new CancellationTokenSource(_feed.Options.ConnectTimeout, _feed.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
        try
        {
            await _socket.ConnectAsync(_feed.Url, linked.Token);
            return null;
        }
        catch (Exception) when (timeout.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return new ConnectionEnd($"it did not answer within {_feed.Options.ConnectTimeout}");
        }
        catch (WebSocketException) when (_socket.HttpStatusCode is not 0 and not System.Net.HttpStatusCode.SwitchingProtocols)
        {
            var retryAfter = _socket.HttpResponseHeaders?.GetValueOrDefault("Retry-After")?.FirstOrDefault();
            return HandshakeRefusal.Of(_socket.HttpStatusCode, retryAfter, _feed.Options.MaxRetryDelay, _feed.Time.GetUtcNow());
        }
    }

    private async Task<ConnectionEnd> LiveAsync(CancellationToken stop)
    {
        Interlocked.Exchange(ref _openedAt, _feed.Time.GetTimestamp());
        _receiver.NoteLife();
        if (Situation.Now != FeedSituation.Prices)
        {
            Situation.Now = FeedSituation.Connected;
        }

        LogConnected(_feed.Url, Products.Count);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _sender.Send(_feed.Exchange.Subscribe(Products));
        var beside = Task.WhenAll(GuardAsync(_sender.RunAsync(end.Token)), GuardAsync(WatchAsync(end.Token)));
        try
        {
            return await _receiver.ReceiveAsync(end.Token);
        }
        finally
        {
            await end.CancelAsync();
            await beside;
            await _receiver.FinishAsync();
        }
    }

    /// <summary>Ends the connection when it is silent, and has it replaced when it grows old or refused products are to be tried again.</summary>
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var replaceAfter = DrawLifetime();
        while (true)
        {
            var left = _feed.SilenceTimeout - _receiver.Silence;
            if (left <= TimeSpan.Zero)
            {
                throw new TimeoutException($"it was silent for {_feed.SilenceTimeout}{_receiver.AfterError}");
            }

            var untilReplaced = replaceAfter - _feed.Time.GetElapsedTime(_openedAt);
            if (untilReplaced <= TimeSpan.Zero || _feed.Refusals.HasExpired(_portion))
            {
                _receiver.RequestReplacement();
            }

            var wait = untilReplaced > TimeSpan.Zero && untilReplaced < left ? untilReplaced : left;
            await Task.Delay(wait > MinWait ? wait : MinWait, _feed.Time, cancellationToken);
        }
    }

    /// <summary>Draws when the connection is replaced: in the last tenth of its life, so that not all are replaced at once.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "Spreads load and keeps no secret.")]
    private TimeSpan DrawLifetime() =>
        _feed.Exchange.Rules.Lifetime is { } lifetime ? lifetime * (0.9 + (0.1 * Random.Shared.NextDouble())) : TimeSpan.MaxValue;

    /// <summary>Ends the connection if something beside it fails.</summary>
    private async Task GuardAsync(Task beside)
    {
        try
        {
            await beside;
        }
        catch (OperationCanceledException)
        {
        }
#pragma warning disable CA1031 // It is why the connection ends.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _reason ??= fault.Message;
            _socket.Abort();
        }
    }

    [LoggerMessage(2010, LogLevel.Information, "Connected to {Url} and asked for {Products} products")]
    private partial void LogConnected(Uri url, int products);
}
