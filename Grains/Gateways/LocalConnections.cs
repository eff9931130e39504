namespace OrleansTicker.Grains.Gateways;

/// <summary>The connections that are active on this silo, by the gateway that they belong to. Any thread may call it.</summary>
internal sealed class LocalConnections
{
    private readonly Lock _changing = new();
    private readonly Dictionary<string, Group> _groups = [];

    /// <summary>The gateways that have connections here.</summary>
    public string[] Gateways
    {
        get
        {
            lock (_changing)
            {
                return [.. _groups.Keys];
            }
        }
    }

    /// <summary>The connections of a gateway.</summary>
    public IGrainContext[] Of(string gatewayId)
    {
        lock (_changing)
        {
            return _groups.TryGetValue(gatewayId, out var group) ? [.. group.Members] : [];
        }
    }

    /// <summary>A connection has joined.</summary>
    /// <returns>What to <see cref="Remove"/> it from.</returns>
    public Group Add(string gatewayId, IGrainContext connection)
    {
        lock (_changing)
        {
            if (!_groups.TryGetValue(gatewayId, out var group))
            {
                _groups.Add(gatewayId, group = new Group(gatewayId));
            }

            group.Members.Add(connection);
            return group;
        }
    }

    /// <summary>A connection has left.</summary>
    public void Remove(Group group, IGrainContext connection)
    {
        lock (_changing)
        {
            group.Members.Remove(connection);
            if (group.Members.Count == 0 && _groups.GetValueOrDefault(group.GatewayId) == group)
            {
                _groups.Remove(group.GatewayId);
            }
        }
    }

    /// <summary>The connections of one gateway. Each of them keeps this and not the gateway's id, of which it has a copy of its own.</summary>
    internal sealed class Group(string gatewayId)
    {
        public string GatewayId => gatewayId;

        public HashSet<IGrainContext> Members { get; } = [];
    }
}
