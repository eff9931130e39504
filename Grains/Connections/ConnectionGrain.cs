using OrleansTicker.Grains.Interfaces.Connections;
using Orleans.Placement;

namespace OrleansTicker.Grains.Connections;

/// <summary>One socket's side in the cluster. It lives beside its gateway where that has a silo, for as long as the socket is open.</summary>
[KeepAlive, PreferLocalPlacement]
internal sealed class ConnectionGrain : Grain, IConnectionGrain
{
    private JoinRequest? _joined;

    public Task<ConnectionReply> JoinAsync(JoinRequest request)
    {
        _joined = request;
        return Task.FromResult(ConnectionReply.Of(
            new WelcomeMessage(request.Actor.Id, this.GetPrimaryKeyString(), request.ExpiresAt)));
    }

    public Task<ConnectionReply> MessageAsync(ClientMessage message)
    {
        if (_joined is null)
        {
            DeactivateOnIdle();
            throw new InvalidOperationException("The connection has not joined.");
        }

        return Task.FromResult(message.Type switch
        {
            "ping" => ConnectionReply.Of(new PongMessage()),
            _ => ConnectionReply.Of(new ErrorMessage("unknown_type", "This message type is not known.")),
        });
    }

    public Task LeaveAsync()
    {
        _joined = null;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
