"""What the image does beside the services: the data partition, the network's fence, the site's settings."""
