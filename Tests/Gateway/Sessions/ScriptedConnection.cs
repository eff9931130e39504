using System.Collections.Concurrent;
using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>A connection that works or is lost as the test says, and records its calls.</summary>
internal sealed class ScriptedConnection : IConnectionGrain
{
    private readonly ConcurrentQueue<string> _calls = new();

    /// <summary>What its calls fail with; null while it can be reached.</summary>
    public Exception? Away { get; set; }

    /// <summary>Whether it knows its client.</summary>
    public bool HasJoined { get; private set; }

    /// <summary>What joining waits for.</summary>
    public Task Joining { get; set; } = Task.CompletedTask;

    public ConcurrentQueue<JoinRequest> Requests { get; } = new();

    /// <summary>The symbols of the market that each call named.</summary>
    public ConcurrentQueue<string> Markets { get; } = new();

    /// <summary>What it answers to messages and reviews.</summary>
    public SessionView View { get; set; } = new([], TimeSpan.Zero, 2);

    public string Calls => string.Join(' ', _calls);

    /// <summary>Forgets its client, as when its silo dies.</summary>
    public void Lose() => HasJoined = false;

    public async Task<ConnectionReply> JoinAsync(JoinRequest request, ImmutableArray<string> market)
    {
        _calls.Enqueue("join");
        Requests.Enqueue(request);
        Markets.Enqueue(string.Join(' ', market));
        await Joining;
        if (Away is not null)
        {
            throw Away;
        }

        HasJoined = true;
        return new ConnectionReply([], new SessionView(
            market,
            TimeSpan.Zero,
            (request.Desired?.Version ?? 0) + 1,
            request.Desired?.Symbols,
            request.Desired?.Detail ?? DetailLevel.Price,
            request.Desired?.WantsStatus ?? false));
    }

    public Task<ConnectionReply> MessageAsync(ClientMessage message, ImmutableArray<string> market) =>
        AnswerAsync("message", market, new ConnectionReply([], message is SubscriptionMessage ? View : null));

    public Task<SessionView> ReviewAsync(ImmutableArray<string> market) => AnswerAsync("review", market, View);

    public Task<SessionView> RenewAsync(Actor actor, ImmutableArray<string> scope, ImmutableArray<string> market) => AnswerAsync("renew", market, View);

    public Task LeaveAsync()
    {
        _calls.Enqueue("leave");
        HasJoined = false;
        return Away is null ? Task.CompletedTask : Task.FromException(Away);
    }

    private Task<T> AnswerAsync<T>(string call, ImmutableArray<string> market, T answer)
    {
        _calls.Enqueue(call);
        Markets.Enqueue(string.Join(' ', market));
        var failure = Away ?? (HasJoined ? null : new NotJoinedException());
        return failure is null ? Task.FromResult(answer) : Task.FromException<T>(failure);
    }
}
