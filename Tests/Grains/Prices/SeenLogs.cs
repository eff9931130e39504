using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices;

/// <summary>Keeps what is logged.</summary>
internal sealed class SeenLogs : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(int Id, LogLevel Level, string Text)> _entries = new();

    /// <summary>The texts logged with this event id, at this level or above.</summary>
    public IReadOnlyList<string> Of(int eventId, LogLevel level = LogLevel.Information) =>
        [.. _entries.Where(e => e.Id == eventId && e.Level >= level).Select(e => e.Text)];

    public Task WaitForAsync(int eventId, int count = 1) =>
        Eventually.TrueAsync(() => Of(eventId, LogLevel.Trace).Count >= count, $"{count} logs with id {eventId}");

    public ILogger<T> For<T>() => this.CreateLogger<T>();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((eventId.Id, logLevel, formatter(state, exception)));

    public void Dispose()
    {
    }
}
