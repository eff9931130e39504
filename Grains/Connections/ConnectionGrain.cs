using System.Collections.Immutable;
using OrleansTicker.Grains.Gateways;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Grains.Interfaces.Tokens;
using Orleans.Placement;

namespace OrleansTicker.Grains.Connections;

/// <summary>A client's WebSocket as the cluster knows it. Active for as long as the WebSocket is open, on the gateway's own silo if it has one.</summary>
[KeepAlive, PreferLocalPlacement, Immovable]
internal sealed class ConnectionGrain(IPolicies policies, LocalConnections connections) : Grain, IConnectionGrain
{
    private Subscription? _subscription;
    private LocalConnections.Group? _group;

    public Task<ConnectionReply> JoinAsync(JoinRequest request, ImmutableArray<string> market)
    {
        // A gateway that joins again may not have the last views yet, and would take back what its client has asked for meanwhile.
        if (_subscription is null || _subscription.Version <= (request.Desired?.Version ?? 0))
        {
            _subscription = new Subscription(policies, request.Actor, request.Scope, request.Metadata, request.Desired);
        }

        _group ??= connections.Add(request.GatewayId, GrainContext);
        var view = _subscription.Renew(request.Actor, request.Scope, market);
        var welcome = new WelcomeMessage(request.Actor.Id, this.GetPrimaryKeyString(), request.ExpiresAt);
        var errors = request.Desired is { IsFirst: true } ? _subscription.ErrorsIn(market) : [];
        return Task.FromResult(new ConnectionReply([welcome, .. errors], view));
    }

    public Task<ConnectionReply> MessageAsync(ClientMessage message, ImmutableArray<string> market)
    {
        var subscription = Joined();
        return Task.FromResult(message switch
        {
            PingMessage => ConnectionReply.Of(new PongMessage()),
            SubscribeMessage subscribe => subscription.Subscribe(subscribe, market),
            UnsubscribeMessage unsubscribe => subscription.Unsubscribe(unsubscribe, market),
            SubscribeCandlesMessage subscribe => subscription.Subscribe(subscribe, market),
            UnsubscribeCandlesMessage unsubscribe => subscription.Unsubscribe(unsubscribe, market),
            _ => throw new ArgumentException($"A connection has no answer to {message.GetType()}.", nameof(message)),
        });
    }

    public Task<SessionView> ReviewAsync(ImmutableArray<string> market) => Task.FromResult(Joined().ViewOf(market));

    public Task<SessionView> RenewAsync(Actor actor, ImmutableArray<string> scope, ImmutableArray<string> market) =>
        Task.FromResult(Joined().Renew(actor, scope, market));

    public Task LeaveAsync()
    {
        _subscription = null;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_group is not null)
        {
            connections.Remove(_group, GrainContext);
        }

        return Task.CompletedTask;
    }

    private Subscription Joined()
    {
        if (_subscription is null)
        {
            DeactivateOnIdle();
            throw new NotJoinedException();
        }

        return _subscription;
    }
}
