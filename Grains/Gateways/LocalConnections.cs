namespace OrleansTicker.Grains.Gateways;

/// <summary>The connections that are active on this silo, by gateway. Thread-safe.</summary>
internal sealed class LocalConnections
{
    private readonly Lock _changing = new();
    private readonly Dictionary<string, Group> _groups = [];

    /// <summary>The ids of the gateways that have connections here.</summary>
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

    /// <summary>Adds a connection.</summary>
    /// <returns>The group to pass to <see cref="Remove"/>.</returns>
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

    /// <summary>Removes a connection.</summary>
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

    /// <summary>The connections of one gateway. A connection keeps its group, because its own copy of the gateway's id would cost memory.</summary>
    internal sealed class Group(string gatewayId)
    {
        public string GatewayId => gatewayId;

        public HashSet<IGrainContext> Members { get; } = [];
    }
}
